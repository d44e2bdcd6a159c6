using Sortition.Core;
using Sortition.Core.Problems;

namespace Sortition.Files.Storage;

/// <summary>The codes of what can be malformed in files, beside those of <see cref="CoreFaults"/> and those of JSON documents.</summary>
internal static class FileFaults
{
    /// <summary>A file does not exist or may not be read.</summary>
    public static FaultCode UnreadableFile { get; } = new("files/unreadable-file");

    /// <summary>A file has more bytes than are read.</summary>
    public static FaultCode FileTooLarge { get; } = new("files/file-too-large", ["most"]);

    /// <summary>What should be a folder or a zip archive is neither.</summary>
    public static FaultCode NotAnArchive { get; } = new("files/not-an-archive");

    /// <summary>An archive has a file twice.</summary>
    public static FaultCode FileTwiceInArchive { get; } = new("files/file-twice-in-archive");

    /// <summary>A file of an archive is in a folder, or has a name that is none of a file.</summary>
    public static FaultCode FolderInArchive { get; } = new("files/folder-in-archive");

    /// <summary>An archive is too large when it is unpacked.</summary>
    public static FaultCode ArchiveTooLarge { get; } = new("files/archive-too-large", ["most"]);

    /// <summary>An archive has too many files.</summary>
    public static FaultCode TooManyFiles { get; } = new("files/too-many-files", ["most"]);

    /// <summary>The bytes of a file are no text.</summary>
    public static FaultCode NoText { get; } = new("files/no-text");

    /// <summary>Some bytes of a file are not UTF-8, and others are, so that no one encoding is right.</summary>
    public static FaultCode MixedEncoding { get; } = new("files/mixed-encoding");

    /// <summary>A file has bytes that neither UTF-8 nor Windows-1252 has.</summary>
    public static FaultCode EncodingUnknown { get; } = new("files/encoding-unknown");

    /// <summary>An encoding is asked for by a name or a number that none has.</summary>
    public static FaultCode NoSuchEncoding { get; } = new("files/no-such-encoding", ["found"]);

    /// <summary>A file has bytes that the encoding asked for does not have.</summary>
    public static FaultCode NotInEncoding { get; } = new("files/not-in-encoding", ["found"]);

    /// <summary>Warning: the encoding of a file had to be assumed; the sample shows what came of it.</summary>
    public static FaultCode EncodingAssumed { get; } = new("files/encoding-assumed", ["encoding", "sample"], personal: ["sample"], isWarning: true);

    /// <summary>A file is a web page, whatever its name says.</summary>
    public static FaultCode WebPage { get; } = new("files/web-page");

    /// <summary>A file is a workbook as XML, of the year 2003.</summary>
    public static FaultCode XmlWorkbook { get; } = new("files/xml-workbook");

    /// <summary>A file is a workbook of the old form (.xls), or one with a password.</summary>
    public static FaultCode OldWorkbook { get; } = new("files/old-workbook");

    /// <summary>A table has no headings.</summary>
    public static FaultCode EmptyFile { get; } = new("files/empty-file");

    /// <summary>A table that must have rows has none below its headings.</summary>
    public static FaultCode NoRows { get; } = new("files/no-rows");

    /// <summary>A row holds neither an id nor a value of any feature: a form that nobody filled in.</summary>
    public static FaultCode EmptyFormRow { get; } = new("files/empty-form-row", perLine: true);

    /// <summary>Headings are missing in a line that holds a single text (found): it may be a title.</summary>
    public static FaultCode MayBeTitle { get; } = new("files/may-be-title", ["found"], perLine: true);

    /// <summary>Warning: lines above the headings were not read; the first of them says found.</summary>
    public static FaultCode TitleLines { get; } = new("files/title-lines", ["found", "count"], isWarning: true);

    /// <summary>Warning: a line at the end holds a remark, and was not read.</summary>
    public static FaultCode RemarkLeftOut { get; } = new("files/remark-left-out", ["found"], isWarning: true, perLine: true);

    /// <summary>Warning: a line holds the total of others, and was not read.</summary>
    public static FaultCode TotalLeftOut { get; } = new("files/total-left-out", ["found"], isWarning: true, perLine: true);

    /// <summary>A line is called a total, and holds another number (found) than others add up to.</summary>
    public static FaultCode TotalDiffers { get; } = new("files/total-differs", ["subject", "found", "sum"]);

    /// <summary>Rows of a sheet are hidden, and nobody said whether they count.</summary>
    public static FaultCode RowsHidden { get; } = new("files/rows-hidden", ["count", "rows"]);

    /// <summary>Warning: hidden rows of a sheet were read.</summary>
    public static FaultCode HiddenRowsUsed { get; } = new("files/hidden-rows-used", ["count", "rows"], isWarning: true);

    /// <summary>Warning: hidden rows of a sheet were left out.</summary>
    public static FaultCode HiddenRowsLeftOut { get; } = new("files/hidden-rows-left-out", ["count", "rows"], isWarning: true);

    /// <summary>A table was written in a rehearsal, and this is none.</summary>
    public static FaultCode OfRehearsal { get; } = new("files/of-rehearsal");

    /// <summary>A cell holds a formula whose result is not stored.</summary>
    public static FaultCode FormulaWithoutResult { get; } = new("files/formula-without-result", perLine: true);

    /// <summary>Warning: of several sheets that would do, one was read.</summary>
    public static FaultCode SeveralSheets { get; } = new("files/several-sheets", ["sheet", "others"], isWarning: true);

    /// <summary>A row of a comma-separated file has one field too many, and two of them look like one number with a decimal comma.</summary>
    public static FaultCode DecimalComma { get; } = new("files/decimal-comma", ["subject", "headings"], perLine: true);

    /// <summary>A sheet has too many merged areas.</summary>
    public static FaultCode TooManyMergedAreas { get; } = new("files/too-many-merged-areas", ["row", "most"]);

    /// <summary>A table has too many rows.</summary>
    public static FaultCode TooManyRows { get; } = new("files/too-many-rows", ["most"]);

    /// <summary>A row of a text file has more or fewer fields than the header.</summary>
    public static FaultCode WrongFieldCount { get; } = new("files/wrong-field-count", ["found", "headings"], perLine: true);

    /// <summary>A row of a sheet has text beyond the last heading.</summary>
    public static FaultCode TextWithoutHeading { get; } = new("files/text-without-heading", ["found", "headings"], perLine: true);

    /// <summary>A row of a text file is too long, most often because a quote is never closed. Later rows are not read.</summary>
    public static FaultCode RowTooLong { get; } = new("files/row-too-long", ["most"]);

    /// <summary>A row of a text file breaks the rules of quotes. Later rows are not read.</summary>
    public static FaultCode UnclosedQuote { get; } = new("files/unclosed-quote");

    /// <summary>An archive is no workbook (.xlsx).</summary>
    public static FaultCode NotAWorkbook { get; } = new("files/not-a-workbook", ["row"]);

    /// <summary>A part of a workbook is encrypted.</summary>
    public static FaultCode WorkbookWithPassword { get; } = new("files/workbook-with-password", ["row"]);

    /// <summary>A workbook lacks a part that it names.</summary>
    public static FaultCode WorkbookPartMissing { get; } = new("files/workbook-part-missing", ["row"]);

    /// <summary>A workbook cannot be unpacked.</summary>
    public static FaultCode WorkbookDamaged { get; } = new("files/workbook-damaged", ["row"]);

    /// <summary>A part of a workbook is no XML.</summary>
    public static FaultCode WorkbookXmlMalformed { get; } = new("files/workbook-xml-malformed", ["row"]);

    /// <summary>Elements of a workbook are nested too deeply.</summary>
    public static FaultCode WorkbookXmlTooDeep { get; } = new("files/workbook-xml-too-deep", ["row"]);

    /// <summary>Rows of a sheet are out of order, or there are too many.</summary>
    public static FaultCode RowsOutOfOrder { get; } = new("files/rows-out-of-order", ["row"]);

    /// <summary>Cells of a row are out of order, or there are too many.</summary>
    public static FaultCode CellsOutOfOrder { get; } = new("files/cells-out-of-order", ["row"]);

    /// <summary>A cell refers to a text that the workbook does not have.</summary>
    public static FaultCode UnknownSharedText { get; } = new("files/unknown-shared-text", ["row"]);

    /// <summary>A workbook has too many parts.</summary>
    public static FaultCode TooManyParts { get; } = new("files/too-many-parts", ["row", "most"]);

    /// <summary>A workbook has too many sheets.</summary>
    public static FaultCode TooManySheets { get; } = new("files/too-many-sheets", ["row", "most"]);

    /// <summary>A cell of a sheet has too many characters.</summary>
    public static FaultCode CellTooLong { get; } = new("files/cell-too-long", ["row", "most"]);

    /// <summary>A row of a sheet has too many characters.</summary>
    public static FaultCode SheetRowTooLong { get; } = new("files/sheet-row-too-long", ["row", "most"]);

    /// <summary>A sheet has too many cells or characters.</summary>
    public static FaultCode SheetTooLarge { get; } = new("files/sheet-too-large", ["row", "cells", "characters"]);

    /// <summary>A workbook has too many different texts.</summary>
    public static FaultCode TooManyTexts { get; } = new("files/too-many-texts", ["row", "texts", "characters"]);

    /// <summary>One piece of the XML of a workbook has too many characters.</summary>
    public static FaultCode XmlPieceTooLong { get; } = new("files/xml-piece-too-long", ["row", "most"]);

    /// <summary>The XML of a workbook has too many different names.</summary>
    public static FaultCode TooManyXmlNames { get; } = new("files/too-many-xml-names", ["row", "most"]);

    /// <summary>A workbook is too large when it is unpacked.</summary>
    public static FaultCode WorkbookTooLarge { get; } = new("files/workbook-too-large", ["row", "most"]);

    /// <summary>A workbook has no sheet of the name asked for.</summary>
    public static FaultCode MissingSheet { get; } = new("files/missing-sheet", ["found", "sheet"]);

    /// <summary>A sheet is asked of a file that has none.</summary>
    public static FaultCode SheetOfText { get; } = new("files/sheet-of-text", ["sheet"]);

    /// <summary>A workbook of several sheets has none that looks like quotas.</summary>
    public static FaultCode NoSheetOfQuotas { get; } = new("files/no-sheet-of-quotas", ["found"]);

    /// <summary>A workbook of several sheets has none that looks like people.</summary>
    public static FaultCode NoSheetOfPeople { get; } = new("files/no-sheet-of-people", ["found"]);

    /// <summary>A workbook has no sheet that is seen.</summary>
    public static FaultCode NoSheetOfIds { get; } = new("files/no-sheet-of-ids", ["found"]);

    /// <summary>A workbook of several sheets has none that looks like a population.</summary>
    public static FaultCode NoSheetOfPopulation { get; } = new("files/no-sheet-of-population", ["found"]);

    /// <summary>A workbook of several sheets has none that looks like drop-out chances.</summary>
    public static FaultCode NoSheetOfChances { get; } = new("files/no-sheet-of-chances", ["found"]);

    /// <summary>A workbook of several sheets has none that looks like past members.</summary>
    public static FaultCode NoSheetOfPast { get; } = new("files/no-sheet-of-past", ["found"]);

    /// <summary>A workbook of several sheets has none with the columns wanted.</summary>
    public static FaultCode NoSheetWithColumns { get; } = new("files/no-sheet-with-columns", ["found"]);

    /// <summary>People of a lottery are not in the table of people that is given with it.</summary>
    public static FaultCode PeopleMissing { get; } = new("files/people-missing", ["count", "ids"]);

    /// <summary>Warning: somebody who must be out is not in the table of people, or is there without values.</summary>
    public static FaultCode OutNotThere { get; } = new("files/out-not-there", ["subject"], isWarning: true);

    /// <summary>A word for an answer to an invitation is not known.</summary>
    public static FaultCode UnknownAnswer { get; } = new("files/unknown-answer", ["found", "allowed"], perLine: true);

    /// <summary>People on a list are others than those with their ids in the table of people.</summary>
    public static FaultCode OtherPeople { get; } = new("files/other-people", ["count", "ids", "columns", "table"]);

    /// <summary>Warning: what a list says of people is no longer what the table of people says.</summary>
    public static FaultCode PeopleChanged { get; } = new("files/people-changed", ["count", "ids", "columns", "table"], isWarning: true);

    /// <summary>People are called by the numbers of their rows, and a list says no more of them, so that nobody can tell whether rows have moved.</summary>
    public static FaultCode RowNumbersAlone { get; } = new("files/row-numbers-alone", ["ids"]);

    /// <summary>A person of a lottery has two rows that differ; the other one is on another line.</summary>
    public static FaultCode PersonTwice { get; } = new("files/person-twice", ["subject", "line"]);

    /// <summary>People have another value in the table of people than they had when the lottery was made.</summary>
    public static FaultCode ValuesChanged { get; } = new("files/values-changed", ["count", "ids"]);

    /// <summary>Warning: a table is written in UTF-8 because the encoding of the table it was made of does not have all of it.</summary>
    public static FaultCode WrittenInUtf8 { get; } = new("files/written-in-utf8", ["encoding", "found"], personal: ["found"], isWarning: true);

    /// <summary>A table lacks a column; found are the headings it has.</summary>
    public static FaultCode MissingColumn { get; } = new("files/missing-column", ["found", "column"]);

    /// <summary>A table lacks a column that may have one of several headings; found are the headings it has.</summary>
    public static FaultCode MissingColumnOfSeveral { get; } = new("files/missing-column-of-several", ["found", "allowed"]);

    /// <summary>A table of quotas lacks the columns of feature and value; found are the headings it has.</summary>
    public static FaultCode MissingPairOfColumns { get; } = new("files/missing-pair-of-columns", ["found", "allowed"]);

    /// <summary>A table of chances has neither a column of ids nor those of groups; found are the headings it has.</summary>
    public static FaultCode MissingPeopleOrGroups { get; } = new("files/missing-people-or-groups", ["found", "column"]);

    /// <summary>A table of a population has no columns of features; found are the headings it has.</summary>
    public static FaultCode MissingFeatureColumns { get; } = new("files/missing-feature-columns", ["found"]);

    /// <summary>Two columns that are needed have one heading.</summary>
    public static FaultCode DuplicateColumn { get; } = new("files/duplicate-column");

    /// <summary>A quota's number of seats is missing.</summary>
    public static FaultCode MissingSeats { get; } = new("files/missing-seats", ["subject", "most"], perLine: true);

    /// <summary>A quota's number of seats is no whole number.</summary>
    public static FaultCode SeatsNotWhole { get; } = new("files/seats-not-whole", ["subject", "found", "most"], perLine: true);

    /// <summary>A condition (subject) names more or fewer values (found) than features.</summary>
    public static FaultCode ValuesUnlikeFeatures { get; } = new("files/values-unlike-features", ["subject", "found", "features"]);

    /// <summary>A name in a combination has the &amp; that stands between names, so that the combination could not be read again.</summary>
    public static FaultCode AmpersandInCombination { get; } = new("files/ampersand-in-combination", ["subject"]);

    /// <summary>A number of a population is missing.</summary>
    public static FaultCode MissingNumber { get; } = new("files/missing-number", ["subject"], perLine: true);

    /// <summary>A number of a population is none.</summary>
    public static FaultCode NotANumber { get; } = new("files/not-a-number", ["subject", "found"], perLine: true);

    /// <summary>A whole number is wanted, and this one has decimals.</summary>
    public static FaultCode FractionOfPeople { get; } = new("files/fraction-of-people", ["subject", "found"], perLine: true);

    /// <summary>One column has two marks before decimals; the other one stands at another place.</summary>
    public static FaultCode TwoDecimalMarks { get; } = new("files/two-decimal-marks", ["subject", "found", "other", "place"]);

    /// <summary>A point or a comma may stand before decimals or between thousands, and nothing says which.</summary>
    public static FaultCode DecimalMarkUnknown { get; } = new("files/decimal-mark-unknown", ["subject", "found"]);

    /// <summary>Warning: a point or a comma was read as one between thousands.</summary>
    public static FaultCode ThousandsAssumed { get; } = new("files/thousands-assumed", ["found", "read", "count"], isWarning: true);

    /// <summary>Warning: a point or a comma was read as one before decimals.</summary>
    public static FaultCode DecimalsAssumed { get; } = new("files/decimals-assumed", ["found", "read", "count"], isWarning: true);

    /// <summary>Two columns may be a feature and its values, or two features of a cross table, and nothing says which.</summary>
    public static FaultCode ListOrCrossTable { get; } = new("files/list-or-cross-table", ["found", "other"]);

    /// <summary>A number of a population has a percent sign, and others have none.</summary>
    public static FaultCode UnwantedPercentSign { get; } = new("files/unwanted-percent-sign", ["subject", "found"], perLine: true);

    /// <summary>A number of a population has no percent sign, and others have one.</summary>
    public static FaultCode MissingPercentSign { get; } = new("files/missing-percent-sign", ["subject", "found"], perLine: true);

    /// <summary>A population lacks a value that the problem has.</summary>
    public static FaultCode ValueNotInPopulation { get; } = new("files/value-not-in-population", ["subject"]);

    /// <summary>A person's entitlement is missing.</summary>
    public static FaultCode MissingEntitlement { get; } = new("files/missing-entitlement", ["subject", "least", "most"], perLine: true);

    /// <summary>A drop-out chance is missing.</summary>
    public static FaultCode MissingChance { get; } = new("files/missing-chance", ["subject"], perLine: true);

    /// <summary>A drop-out chance is no number.</summary>
    public static FaultCode NotAChance { get; } = new("files/not-a-chance", ["subject", "found"], personal: ["found"], perLine: true);

    /// <summary>A drop-out chance is no number from 0 to 1.</summary>
    public static FaultCode ChanceOutOfRange { get; } = new("files/chance-out-of-range", ["subject", "found"], personal: ["found"], perLine: true);

    /// <summary>It is not said of a past member, or not in words that are known, whether the member dropped out.</summary>
    public static FaultCode UnknownOutcome { get; } = new("files/unknown-outcome", ["subject", "found", "allowed"], personal: ["found"], perLine: true);

    /// <summary>A document names a feature twice.</summary>
    public static FaultCode DuplicateFeature { get; } = new("files/duplicate-feature", ["found"]);

    /// <summary>A person has more or fewer values than there are features.</summary>
    public static FaultCode WrongValueCount { get; } = new("files/wrong-value-count", ["found", "features"]);

    /// <summary>A claim has more or fewer weights than there are types.</summary>
    public static FaultCode WrongWeightCount { get; } = new("files/wrong-weight-count");

    /// <summary>A claim has more or fewer weights taken off than there are types.</summary>
    public static FaultCode WrongCapWeightCount { get; } = new("files/wrong-cap-weight-count");

    /// <summary>A constraint on a quota names none, or another constraint names one.</summary>
    public static FaultCode QuotaOfConstraint { get; } = new("files/quota-of-constraint");

    /// <summary>A lottery belongs to another problem; found is the hash of that.</summary>
    public static FaultCode OtherProblem { get; } = new("files/other-problem", ["found"]);

    /// <summary>A lottery has other types of people than its problem.</summary>
    public static FaultCode OtherTypes { get; } = new("files/other-types");

    /// <summary>The seats of a panel are not given as pairs of numbers in ascending order.</summary>
    public static FaultCode MalformedSeats { get; } = new("files/malformed-seats");

    // What a mapping leaves open is a fault too: until it is answered nothing can be prepared. Names of these begin with "ask".

    /// <summary>It is open which column a feature (subject) comes from.</summary>
    public static FaultCode AskColumn { get; } = new("files/ask-column", ["subject", "allowed"]);

    /// <summary>It is open which ages the values of a feature (subject) stand for.</summary>
    public static FaultCode AskBands { get; } = new("files/ask-bands", ["subject"]);

    /// <summary>It is open on which day ages count.</summary>
    public static FaultCode AskDay { get; } = new("files/ask-day");

    /// <summary>It is open which of two ages counts for people of whom a year of birth is known, and not the day.</summary>
    public static FaultCode AskEdge { get; } = new("files/ask-edge", ["subject", "count", "rows"]);

    /// <summary>It is open whether days or months stand first in dates such as the one found.</summary>
    public static FaultCode AskDateOrder { get; } = new("files/ask-date-order", ["subject", "found", "count", "rows"], personal: ["found"]);

    /// <summary>It is open what an empty cell means.</summary>
    public static FaultCode AskBlank { get; } = new("files/ask-blank", ["subject", "count", "rows"]);

    /// <summary>It is open what cells mean that are none of a feature's values.</summary>
    public static FaultCode AskOther { get; } = new("files/ask-other", ["subject", "found", "allowed"], personal: ["found"]);

    /// <summary>It is open what becomes of people whose age, or other number, is in no band.</summary>
    public static FaultCode AskOutside { get; } = new("files/ask-outside", ["subject", "count", "rows"]);

    /// <summary>It is open whether people take part whose column of status (subject) says what was found.</summary>
    public static FaultCode AskStatus { get; } = new("files/ask-status", ["subject", "found"], personal: ["found"]);

    /// <summary>It is open which of some people, who look like one, are in the pool.</summary>
    public static FaultCode AskDuplicates { get; } = new("files/ask-duplicates", ["ids", "rows", "alike"]);

    /// <summary>It is open whether rows count that are hidden.</summary>
    public static FaultCode AskHiddenRows { get; } = new("files/ask-hidden-rows", ["count", "rows"]);

    /// <summary>A cell is none of a feature's values, in some rows.</summary>
    public static FaultCode ValueNotMapped { get; } =
        new("files/value-not-mapped", ["subject", "found", "count", "rows", "allowed", "like"], personal: ["found"]);

    /// <summary>Cells of a feature are empty.</summary>
    public static FaultCode BlankNotMapped { get; } = new("files/blank-not-mapped", ["subject", "count", "rows"]);

    /// <summary>Ages or other numbers are in no band.</summary>
    public static FaultCode OutsideBands { get; } = new("files/outside-bands", ["subject", "count", "rows"]);

    /// <summary>Two dates of a column contradict each other in whether days or months stand first, and the example can be read in both ways.</summary>
    public static FaultCode TwoDateOrders { get; } =
        new("files/two-date-orders", ["found", "other", "otherPlace", "example"], personal: ["found", "other", "example"]);

    /// <summary>Rows reach beyond the last heading.</summary>
    public static FaultCode RowsBeyondHeadings { get; } = new("files/rows-beyond-headings", ["count", "rows", "headings"]);

    /// <summary>The line that should hold the headings holds nothing.</summary>
    public static FaultCode NoHeadingsThere { get; } = new("files/no-headings-there");

    /// <summary>A table has nobody below its headings.</summary>
    public static FaultCode NoPeople { get; } = new("files/no-people");

    /// <summary>People have no id in the column of ids.</summary>
    public static FaultCode PeopleWithoutId { get; } = new("files/people-without-id", ["count", "rows"]);

    /// <summary>Rows that differ have one id.</summary>
    public static FaultCode IdOfTwoRows { get; } = new("files/id-of-two-rows", ["subject", "rows"]);

    /// <summary>A table of translations says two things of one.</summary>
    public static FaultCode LookupConflict { get; } = new("files/lookup-conflict", ["subject", "found", "other", "otherPlace"]);

    /// <summary>A table of translations says nothing of something it names.</summary>
    public static FaultCode LookupWithoutAnswer { get; } = new("files/lookup-without-answer", ["subject"]);

    /// <summary>A register of ids is not as it was written.</summary>
    public static FaultCode MalformedRegister { get; } = new("files/malformed-register");

    /// <summary>A key of a register of ids is none.</summary>
    public static FaultCode MalformedKey { get; } = new("files/malformed-key");

    /// <summary>A register of ids has no key, so that nobody is known again.</summary>
    public static FaultCode MissingKey { get; } = new("files/missing-key", ["register"]);

    /// <summary>The first person of a mapping stands above the headings, or in their line.</summary>
    public static FaultCode FirstRowAboveHeader { get; } = new("files/first-row-above-header", ["found", "header"]);

    /// <summary>A mapping says both or neither where ids come from.</summary>
    public static FaultCode EitherColumnOrCreate { get; } = new("files/either-column-or-create");

    /// <summary>A pattern of ids is none.</summary>
    public static FaultCode MalformedIdPattern { get; } = new("files/malformed-id-pattern", ["found"]);

    /// <summary>A feature of a mapping has a member that only those of other kinds have.</summary>
    public static FaultCode MemberOfOtherKind { get; } = new("files/member-of-other-kind", ["kind"]);

    /// <summary>A band is no pair of whole numbers in ascending order.</summary>
    public static FaultCode MalformedBand { get; } = new("files/malformed-band");

    /// <summary>Two bands hold one number.</summary>
    public static FaultCode BandsOverlap { get; } = new("files/bands-overlap", ["found", "other"]);

    /// <summary>A text would be read in two ways.</summary>
    public static FaultCode SaidTwice { get; } = new("files/said-twice", ["found"]);

    /// <summary>A text is no day.</summary>
    public static FaultCode NotADay { get; } = new("files/not-a-day", ["found"]);

    /// <summary>A decision keeps somebody it is not about.</summary>
    public static FaultCode KeepsAnother { get; } = new("files/keeps-another", ["subject", "allowed"]);

    /// <summary>A decision is about people who do not look like one.</summary>
    public static FaultCode DecisionNotNeeded { get; } = new("files/decision-not-needed", ["ids"], isWarning: true);

    /// <summary>Somebody got a new id, but is reached where somebody was who is in the table no more.</summary>
    public static FaultCode NewIdThoughAlike { get; } = new("files/new-id-though-alike", ["subject", "ids"], isWarning: true);

    /// <summary>Rows hold the same as others, and nothing in them tells people apart.</summary>
    public static FaultCode EqualRows { get; } = new("files/equal-rows", ["count"], isWarning: true);
}

using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Files.Tables;
using Sortition.Files.Tables.Model;

namespace Sortition.Files.Dialects;

/// <summary>Reads the rows of a table of quotas into a problem's builder.</summary>
/// <param name="table">The table.</param>
/// <param name="dialect">Its columns.</param>
/// <param name="isFeature">Whether a text with an ampersand in it is the name of one feature.</param>
/// <param name="builder">Is given the quotas, and told the faults.</param>
internal sealed class QuotaFile(TableReader table, QuotaDialect dialect, Predicate<string> isFeature, SelectionProblemBuilder builder)
{
    /// <summary>Stands in for a maximum that cannot be read, so that everything else about the quota is still checked.</summary>
    private const int AnyMaximum = 1_000_000_000;

    private readonly HashSet<string> _features = new(NameComparer.Instance);

    /// <summary>Reads a quota file on its own: a problem with nobody in its pool.</summary>
    /// <exception cref="MalformedInputException">Something is malformed or cannot be read; the exception lists all of it.</exception>
    public static SelectionProblem Load(
        FileSource file, int panelSize, string? sheet, Action<QuotaInput>? check, CancellationToken cancellationToken)
    {
        SelectionProblemBuilder builder = new(panelSize);
        SourceFile? source = SourceFiles.Read(file, SourceFiles.DefaultMaxBytes, builder.Faults, cancellationToken);
        using TableReader? quotas = source?.Open(SheetChoice.Quotas, sheet, builder.Faults, cancellationToken);
        if (quotas is not null && QuotaDialect.Of(quotas.Header, builder.Faults) is QuotaDialect dialect)
        {
            new QuotaFile(quotas, dialect, _ => false, builder).Read(check, cancellationToken);
        }

        return builder.Build();
    }

    /// <summary>Reads all rows.</summary>
    /// <param name="check">Is shown every quota; may be null.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The features that quotas name.</returns>
    public IReadOnlyCollection<string> Read(Action<QuotaInput>? check, CancellationToken cancellationToken)
    {
        table.LeaveOutAtEnd(row => Trailers.Remark(row, [dialect.Min, dialect.Max], table.Header.Names().Count, onlyLong: false));
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!IsTotal())
            {
                ReadRow(table.CheckFieldCount(dialect.NeededFields), check);
            }
        }

        return _features;
    }

    /// <summary>The names of features in a table that is read again later: what they are called in the table of people has to be known first.</summary>
    public static IReadOnlyList<string> FeaturesOf(SourceFile? source, string? sheet, CancellationToken cancellationToken)
    {
        FaultList toldLater = new();
        using TableReader? table = source?.Open(SheetChoice.Quotas, sheet, toldLater, cancellationToken);
        if (table is null || QuotaDialect.Of(table.Header, toldLater) is not QuotaDialect dialect)
        {
            return [];
        }

        HashSet<string> names = new(NameComparer.Instance);
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string features = table.Cell(dialect.Feature);
            names.Add(NameComparer.Clean(features));
            names.UnionWith(features.Split('&').Select(NameComparer.Clean));
        }

        return [.. names.Where(n => n.Length > 0)];
    }

    /// <summary>Whether the row adds up others: it is told and left out.</summary>
    private bool IsTotal()
    {
        string feature = table.Cell(dialect.Feature);
        string value = table.Cell(dialect.Value);
        bool isTotal = HeadingWords.Is(HeadingWords.Total, value) || (NameComparer.IsBlank(value) && HeadingWords.Is(HeadingWords.Total, feature));
        if (isTotal)
        {
            builder.Faults.Add(FileFaults.TotalLeftOut, new FaultLocation(table.Name, table.Line), NameComparer.IsBlank(value) ? feature.Trim() : value.Trim());
        }

        return isTotal;
    }

    private void ReadRow(bool isSound, Action<QuotaInput>? check)
    {
        string features = table.Cell(dialect.Feature);
        string values = table.Cell(dialect.Value);
        FeatureValue[]? condition = Condition(features, values, report: isSound);
        if (condition is null || !isSound)
        {
            // What a faulty row names is still a feature and its value: the people who have it are not to be blamed.
            foreach (FeatureValue term in condition ?? [])
            {
                builder.Feature(term.Feature, condition!.Length == 1 ? [term.Value] : []);
            }

            return;
        }

        int? min = Number(dialect.Min, dialect.Name("min"), isOptional: false);
        int? max = Number(dialect.Max, dialect.Name("max"), isOptional: false);
        int? minFlex = Number(dialect.MinFlex, dialect.Name("min_flex"), isOptional: true);
        int? maxFlex = Number(dialect.MaxFlex, dialect.Name("max_flex"), isOptional: true);
        QuotaInput quota = new()
        {
            Condition = condition,
            Min = min ?? 0,
            Max = max ?? AnyMaximum,
            MinFlex = min is null ? null : minFlex,
            MaxFlex = max is null ? null : maxFlex,
            Source = Remark(dialect.Source),
            Comment = Remark(dialect.Comment),
            Location = new FaultLocation(table.Name, table.Line),
            Column = dialect.Name,
        };
        builder.Quota(quota);
        check?.Invoke(quota);
    }

    private string? Remark(int column) => column < 0 || NameComparer.IsBlank(table.Cell(column)) ? null : table.Cell(column).Trim();

    /// <summary>One feature and its value; or, where the text is split by &amp; and no column has it for its name, several at once.</summary>
    private FeatureValue[]? Condition(string features, string values, bool report)
    {
        string[] names = Combination.Names(features, isFeature);
        _features.UnionWith(names.Select(NameComparer.Clean).Where(n => n.Length > 0));
        if (Combination.Pair(names, values) is FeatureValue[] condition)
        {
            return condition;
        }

        foreach (string name in names)
        {
            builder.Feature(name);
        }

        if (report)
        {
            builder.Faults.Add(Combination.Uneven(new FaultLocation(table.Name, table.Line, dialect.Name("value")), features, names, values));
        }

        return null;
    }

    private int? Number(int column, string heading, bool isOptional)
    {
        FaultLocation location = new(table.Name, table.Line, heading);
        string text = column < 0 ? "" : NameComparer.Clean(table.Cell(column));
        if (text.Length == 0)
        {
            return isOptional ? null : Refuse(FileFaults.MissingSeats, SelectionProblemBuilder.MaxSeats);
        }

        WrittenNumber written = WrittenNumber.Of(new NumberCell(text, table.IsNumber(column), location, Subject: null));
        if (text[0] != '+' && written.Form is NumberForm.Whole or NumberForm.Exact && written.Value(mark: null) is decimal seats
            && seats == decimal.Truncate(seats) && seats is >= 0 and <= int.MaxValue)
        {
            return (int)seats;
        }

        bool isNegative = text[0] == '-';
        string digits = isNegative ? text[1..] : text;
        return digits.Length == 0 || !digits.All(char.IsAsciiDigit) ? Refuse(FileFaults.SeatsNotWhole, text, SelectionProblemBuilder.MaxSeats)
            : isNegative ? Refuse(CoreFaults.NegativeNumber, text)
            : Refuse(CoreFaults.NumberTooLarge, text, SelectionProblemBuilder.MaxSeats);

        int? Refuse(FaultCode code, params IReadOnlyList<object?> values)
        {
            string subject = $"{table.Cell(dialect.Feature).Trim()} = {table.Cell(dialect.Value).Trim()}";
            builder.Faults.Add(code, location, [subject, .. values]);
            return null;
        }
    }
}

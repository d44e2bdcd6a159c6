using Sortition.Publication.Checks;
using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>Both verifiers, <see cref="PublicationVerifier"/> and <c>docs/verify.py</c>, which must always give the same answer. Needs <c>python3</c>.</summary>
internal static class Verifiers
{
    public const int Genuine = 0;
    public const int Wrong = 4;
    public const int NotConfirmed = 5;
    public const int NotChecked = 6;

    /// <summary>The answer of both, as an exit code, and what they found.</summary>
    public static (int Answer, VerificationReport Report, string Output) Answer(string folder, string? root = null, string what = "")
    {
        VerificationReport report = PublicationVerifier.Verify(folder, new VerificationOptions { Root = root });
        int ours = report.IsWrong ? Wrong
            : report.Checks.Any(c => c.Outcome == VerificationOutcome.NotConfirmed) ? NotConfirmed
            : report.IsGenuine ? Genuine : NotChecked;
        (int theirs, string output) = Script(folder, root is null ? [] : ["--root", root]);
        string faults = string.Join('\n', report.Checks.SelectMany(c => c.Faults));
        Assert.True(ours == theirs, $"{what}: sortition verify answers {ours}, verify.py {theirs}.\n{faults}\n{output}");
        return (ours, report, output);
    }

    /// <summary>Both must give this answer.</summary>
    public static VerificationReport AssertAnswer(int answer, string folder, string? root = null, string what = "")
    {
        (int found, VerificationReport report, string output) = Answer(folder, root, what);
        Assert.True(found == answer, $"{what}: the answer is {found}, not {answer}.\n{string.Join('\n', report.Checks.SelectMany(c => c.Faults))}\n{output}");
        return report;
    }

    /// <summary>The independent script, in an interpreter that is running.</summary>
    public static (int ExitCode, string Output) Script(string folder, params string[] options) => Said(Interpreter.Run([TestFiles.PathOf("verify.py"), folder, .. options]));

    /// <summary>The same in a process of its own.</summary>
    public static (int ExitCode, string Output) ScriptAlone(string folder, params string[] options) =>
        Said(Interpreter.RunAlone([TestFiles.PathOf("verify.py"), folder, .. options]));

    private static (int ExitCode, string Output) Said((int ExitCode, string Output, string Error) run)
    {
        Assert.Equal("", run.Error);
        return (run.ExitCode, run.Output.ReplaceLineEndings("\n"));
    }
}



namespace Sortition.Cli.Texts;

/// <summary>What the process ends with; scripts rely on it.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The quotas cannot be met.</summary>
    public const int QuotasCannotBeMet = 1;

    /// <summary>Bad input or usage; nothing was written.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped or not proven: the files are complete and marked so, or there are none if no panel was found.</summary>
    public const int NotProven = 3;

    /// <summary>Verification failed: something is not as it should be.</summary>
    public const int VerificationFailed = 4;

    /// <summary>Verified as far as it could be: nothing is shown to be wrong, but not everything is confirmed.</summary>
    public const int NotConfirmed = 5;

    /// <summary>Nothing is wrong in what was verified, but something could not be checked.</summary>
    public const int NotChecked = 6;

    /// <summary>A fault of the tool itself. The number is EX_SOFTWARE of the BSD convention.</summary>
    public const int InternalError = 70;

    /// <summary>Cancelled by Ctrl-C or SIGTERM; nothing was written.</summary>
    public const int Cancelled = 130;

    /// <summary>The name of a code in JSON.</summary>
    public static string Name(int exitCode) => exitCode switch
    {
        Done => "done",
        QuotasCannotBeMet => "quotasCannotBeMet",
        BadInput => "badInput",
        NotProven => "notProven",
        VerificationFailed => "verificationFailed",
        NotConfirmed => "notConfirmed",
        NotChecked => "notChecked",
        Cancelled => "cancelled",
        _ => "internalError",
    };
}

using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Sortition.Core;
using Sortition.Core.Feasibility;
using Sortition.Core.Problems;
using Sortition.Files;

/// <summary>What clients are told where there is no lottery.</summary>
internal static class Refusals
{
    /// <summary>The quotas cannot be met: an honest answer to an honest question, and no fault of anybody's.</summary>
    public static IResult Infeasible(FeasibilityReport report, SelectionProblem problem) => Results.Problem(
        title: "No panel meets the quotas.",
        statusCode: StatusCodes.Status422UnprocessableEntity,
        extensions: new Dictionary<string, object?> { ["reasons"] = report.Reasons.Select(r => TextRenderer.English.Describe(r, problem)).ToArray() });

    public static IResult OutOfTime() => Results.Problem(title: "There was no time to find the lottery.", statusCode: StatusCodes.Status503ServiceUnavailable);

    public static IResult Conflict(LotteryState state) => Results.Problem(title: $"The lottery is {state} already.", statusCode: StatusCodes.Status409Conflict);
}

/// <summary>Makes problem details of malformed input, wherever it is noticed: all faults at once, each with code, place and sentence.</summary>
internal sealed class MalformedInputHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not MalformedInputException malformed)
        {
            return ValueTask.FromResult(false);
        }

        httpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
        ProblemDetails details = new()
        {
            Status = StatusCodes.Status400BadRequest,
            Title = "The problem is malformed.",
            Extensions = { ["faults"] = malformed.Faults.Select(Describe), ["faultCount"] = malformed.FaultCount },
        };
        return problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = details });
    }

    /// <summary>Logs and error pages get around: what somebody answered is left out.</summary>
    private static object Describe(Fault fault) => new
    {
        code = fault.Code.Name,
        place = FileTexts.English.Describe(fault.Location),
        message = FileTexts.English.DescribeWithoutPersonalData(fault),
    };
}

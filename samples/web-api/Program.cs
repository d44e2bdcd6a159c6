// A host: people in a database, lotteries computed in the background, drawn later: dotnet run
using Sortition.Core;
using Sortition.Core.Algorithms;
using Sortition.Core.Lotteries;
using Sortition.Core.Problems;
using Sortition.Files;
using Sortition.Publication.Format;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.AddProblemDetails().AddExceptionHandler<MalformedInputHandler>();
builder.Services.AddSingleton<Database>().AddSingleton<Solver>().AddSingleton<LotteryQueue>();
builder.Services.AddHostedService(services => services.GetRequiredService<LotteryQueue>());
WebApplication app = builder.Build();
app.UseExceptionHandler();
MadeUpPool.Seed(app.Services.GetRequiredService<Database>());

// The problem is stored as it is now: what happens to the pool later does not change the lottery.
app.MapPost("/lotteries", (NewLottery wanted, Database database, LotteryQueue queue) =>
{
    if (database.FindAssembly(wanted.Assembly) is not SelectionProblem problem)
    {
        return Results.NotFound();
    }

    string id = Guid.NewGuid().ToString("N");
    database.AddLottery(id, ProblemJson.Serialize(problem));
    queue.Add(id);
    return Results.Accepted($"/lotteries/{id}", new { id });
});

app.MapGet("/lotteries/{id}", (string id, Database database, LotteryQueue queue) =>
{
    SolveProgress? progress = queue.ProgressOf(id);
    return database.FindStatus(id) is not var (state, message, root) ? Results.NotFound() : Results.Ok(new
    {
        state = state != LotteryState.Unfinished ? state.ToString() : progress is null ? "Queued" : "Running",
        message,
        root,
        progress = progress is null || state != LotteryState.Unfinished ? null : new
        {
            phase = progress.Phase.ToString(),
            progress.Panels,
            progress.LowerBound,
            upperBound = double.IsFinite(progress.UpperBound) ? progress.UpperBound : (double?)null, // nothing is known at first, and JSON has no infinity
        },
    });
});

app.MapDelete("/lotteries/{id}", (string id, Database database, LotteryQueue queue) =>
    queue.Cancel(id) ? Results.NoContent() : database.StateOf(id) is LotteryState state ? Refusals.Conflict(state) : Results.NotFound());

// A lottery is understood only together with its problem: whoever fetches one fetches both.
app.MapGet("/lotteries/{id}/problem", (string id, Database database) =>
    database.StateOf(id) is null ? Results.NotFound() : Results.Text(database.ProblemOf(id), "application/json"));

app.MapGet("/lotteries/{id}/lottery", (string id, Database database) =>
    database.FindLottery(id) is StoredLottery stored ? new LotteryDocument(Drawing.Lottery(stored)) : Results.NotFound());

app.MapPost("/lotteries/{id}/draw", (string id, Database database) =>
{
    string seed = RandomSource.NewSeed();
    return database.FindLottery(id) is not StoredLottery stored ? Results.NotFound()
        : database.TryDraw(id, seed) ? Results.Ok(new { ids = Drawing.Draw(Drawing.Lottery(stored), seed).Ids })
        : Refusals.Conflict(stored.State);
});

app.MapGet("/lotteries/{id}/results.zip", (string id, Database database) =>
    database.FindLottery(id) is { Seed: string seed } stored
        ? Results.File(Drawing.Results(Drawing.Lottery(stored), seed), "application/zip")
        : Results.NotFound());

app.MapPost("/lotteries/{id}/publication", (string id, NewPublication wanted, Database database, CancellationToken token) =>
{
    if (database.FindLottery(id) is not StoredLottery stored)
    {
        return Results.NotFound();
    }

    PanelLottery lottery = Drawing.Lottery(stored);
    (string root, byte[] zip, KeyTable keys) = Drawing.Publish(lottery, DrawAnnouncement.ByText(wanted.Source, wanted.Form), token);
    return database.TryPublish(id, root, zip, lottery.Problem.People.Select(person => (person.Id, keys.KeyOf(person.Id))))
        ? Results.Ok(new { root })
        : Refusals.Conflict(stored.State);
});

app.MapGet("/lotteries/{id}/publication.zip", (string id, Database database) =>
    database.FindPublication(id) is byte[] zip ? Results.File(zip, "application/zip") : Results.NotFound());

// For callers that have people and quotas themselves. Whoever hangs up need not cancel.
app.MapPost("/solve", async (HttpRequest request, Solver solver, CancellationToken token) =>
{
    SelectionProblem problem = await ProblemJson.ReadAsync(request.Body, token);
    return await solver.SolveAsync(problem, progress: null, token) switch
    {
        SolveResult.Solved solved => new LotteryDocument(solved.Lottery),
        SolveResult.Infeasible infeasible => Refusals.Infeasible(infeasible.Report, problem),
        _ => Refusals.OutOfTime(),
    };
});

app.Run();

internal sealed record NewLottery(string Assembly);

internal sealed record NewPublication(string Source, string Form);

/// <summary>Answers with a lottery as a sortition-lottery/1 document.</summary>
internal sealed class LotteryDocument(PanelLottery lottery) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        return LotteryJson.WriteAsync(httpContext.Response.Body, lottery, httpContext.RequestAborted);
    }
}

// Many solves at once in one process: are the answers the same, does memory stay flat, is the budget of processors kept?
// dotnet run -c Release -- WEB_API_DLL QUOTAS PEOPLE SIZE [PROCESSORS]
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sortition.Files;

const int Requests = 200;
const int AtOnce = 8;
const int WarmUp = 40;
const double MostGrowth = 1.25;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

if (args is not [string dll, string quotas, string people, string size, ..])
{
    Console.Error.WriteLine("WEB_API_DLL QUOTAS PEOPLE SIZE [PROCESSORS]");
    return 2;
}

int processors = args.Length > 4 ? int.Parse(args[4]) : Environment.ProcessorCount;
byte[] problem = Encoding.UTF8.GetBytes(ProblemJson.Serialize(
    ProblemFiles.Load(new ProblemFilesOptions { Quotas = quotas, People = people, PanelSize = int.Parse(size) }).Problem));
DirectoryInfo folder = Directory.CreateTempSubdirectory();
WebApi api = await WebApi.StartAsync(dll, folder.FullName, processors);
try
{
    using HttpClient http = new() { BaseAddress = api.Address };
    HashSet<string> answers = [];
    List<double> seconds = [];
    List<Usage> usages = [];
    int begun = 0;
    await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
    {
        while (Interlocked.Increment(ref begun) <= Requests)
        {
            long start = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await http.PostAsync("solve", new ByteArrayContent(problem));
            byte[] lottery = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
            lock (answers)
            {
                answers.Add(Convert.ToHexStringLower(SHA256.HashData(lottery)));
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                usages.Add(api.Measure());
            }
        }
    }));

    Usage warm = usages[WarmUp - 1];
    Usage last = usages[^1];
    double busy = (last.Processor - warm.Processor) / (last.Time - warm.Time);
    bool same = answers.Count == 1;
    bool flat = last.PrivateBytes <= MostGrowth * warm.PrivateBytes && last.WorkingSet <= MostGrowth * warm.WorkingSet;
    // Reading and writing documents is work outside the solver: a tenth of a processor for it is not held against the budget.
    bool kept = busy <= processors + 0.1;
    seconds.Sort();
    Line("solves", $"{Requests}, {AtOnce} at once");
    Line("budget", $"{processors} processor(s)");
    Line("different answers", $"{answers.Count} ({string.Join(", ", answers.Select(sha => sha[..16]))})");
    Line("solves a second", $"{(Requests - WarmUp) / (last.Time - warm.Time):F1} (after the first {WarmUp})");
    Line("seconds of a request", $"median {seconds[Requests / 2]:F2}, longest {seconds[^1]:F2}, with its waiting");
    Line("processors in use", $"{busy:F2}");
    Line("private memory, MB", Course(usages, usage => usage.PrivateBytes / 1_000_000));
    Line("working set, MB", Course(usages, usage => usage.WorkingSet / 1_000_000));
    Line("threads", Course(usages, usage => usage.Threads));
    Line("verdict", $"bytes {(same ? "equal" : "DIFFER")}, memory {(flat ? "flat" : "GROWS")}, budget {(kept ? "kept" : "EXCEEDED")}");
    return same && flat && kept ? 0 : 1;
}
finally
{
    api.Dispose();
    folder.Delete(recursive: true);
}

static void Line(string what, string value) => Console.WriteLine($"{what,-22}{value}");

static string Course(List<Usage> usages, Func<Usage, long> figure) =>
    $"{figure(usages[WarmUp - 1])} after {WarmUp}, {figure(usages[^1])} after {Requests}, at most {usages.Max(figure)}";

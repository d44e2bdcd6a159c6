using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sortition.Web.Hosting;
using Sortition.Web.Projects;
using Sortition.Web.Steps;

namespace Sortition.Web;

/// <summary>The running program: a server on this computer alone.</summary>
/// <remarks>
/// Nothing is read from the environment, from files beside the program or from the folder; nothing is logged but what is written to a project.
/// </remarks>
internal sealed class Site : IAsyncDisposable
{
    private const int FirstPort = 20_000;
    private const int Ports = 20_000;

    private readonly WebApplication _app;
    private readonly Workbench _queue;
    private readonly CancellationTokenSource _idleEnd = new();

    private Site(WebApplication app, Workbench queue, Desk desk)
    {
        _app = app;
        _queue = queue;
        Desk = desk;
    }

    /// <summary>The address, without a slash at its end.</summary>
    public string Origin => Desk.Guard.Origin;

    /// <summary>The secrets of this run.</summary>
    public Session Session => Desk.Session;

    internal Desk Desk { get; }

    /// <summary>Starts the server.</summary>
    /// <exception cref="IOException">No port could be had.</exception>
    public static async Task<Site> StartAsync(SiteOptions options)
    {
        int wished = PortOf(options.Shelf.Folder);
        try
        {
            return await StartAsync(options, wished);
        }
        catch (IOException)
        {
            // Somebody else has it: bookmarks will not work this time.
            return await StartAsync(options, FreePort());
        }
    }

    /// <summary>Waits until somebody quits, or nobody has used it for long.</summary>
    public async Task WaitAsync()
    {
        Task idle = Desk.Idle.WaitAsync(_idleEnd.Token);
        Task end = _app.WaitForShutdownAsync();
        await Task.WhenAny(idle, end);
        await _idleEnd.CancelAsync();
        await _app.StopAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Desk.Shelf.Dispose();
        _queue.Dispose();
        _idleEnd.Dispose();
    }

    private static async Task<Site> StartAsync(SiteOptions options, int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "sortition-web",
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = UploadedForm.MaxBytes;
            kestrel.Limits.MaxConcurrentConnections = 64;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        WebApplication app = builder.Build();
        Session session = new(options.Clock);
        Workbench queue = new();
        Desk desk = new()
        {
            Session = session,
            Guard = new Guard(session, port),
            Shelf = options.Shelf,
            Queue = queue,
            Idle = new IdleWatch(options.Clock, options.IdleLimit, () => options.Shelf.IsBusy),
            Language = options.Language,
            ShowFolder = options.ShowFolder,
            End = () => app.Lifetime.StopApplication(),
        };
        app.Use(next => http => Reception.ReceiveAsync(desk, http, next));
        Routes.Map(app, desk);
        try
        {
            await app.StartAsync();
        }
        catch (IOException)
        {
            queue.Dispose();
            await app.DisposeAsync();
            throw;
        }

        return new Site(app, queue, desk);
    }

    /// <summary>The port that a folder gets where it is free, so that bookmarks lead somewhere.</summary>
    private static int PortOf(string folder)
    {
        uint hash = 2166136261;
        foreach (char c in folder)
        {
            hash = (hash ^ c) * 16777619;
        }

        return FirstPort + (int)(hash % Ports);
    }

    private static int FreePort()
    {
        using System.Net.Sockets.TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Ends with Ctrl-C and with a signal of the system, and prints nothing.</summary>
    private sealed class NoLifetime(IHostApplicationLifetime lifetime) : IHostLifetime, IDisposable
    {
        private readonly List<PosixSignalRegistration> _signals = [];

        public Task WaitForStartAsync(CancellationToken cancellationToken)
        {
            foreach (PosixSignal signal in (PosixSignal[])
                [PosixSignal.SIGINT, PosixSignal.SIGTERM])
            {
                _signals.Add(PosixSignalRegistration.Create(signal, context =>
                {
                    context.Cancel = true;
                    lifetime.StopApplication();
                }));
            }

            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => _signals.ForEach(s => s.Dispose());
    }
}

/// <summary>What the program serves.</summary>
internal sealed class SiteOptions
{
    /// <summary>The projects. Closed with the program.</summary>
    public required Shelf Shelf { get; init; }

    /// <summary>The language at first.</summary>
    public Language Language { get; init; } = Language.English;

    /// <summary>Tells the time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>After what time without use the program ends.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Shows a folder to whoever sits before the computer.</summary>
    public Func<string, bool> ShowFolder { get; init; } = Browser.Show;
}

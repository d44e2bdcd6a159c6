using Microsoft.AspNetCore.Http;

namespace Sortition.Web.Hosting;

/// <summary>Lets only those requests through that the program's own page sent, in the browser that was opened with it.</summary>
internal sealed class Guard(Session session, int port)
{
    /// <summary>Where the token is handed in.</summary>
    public const string OpeningPath = "/open";

    /// <summary>What is the same for everybody and tells nothing: styles and script.</summary>
    public const string AssetsPath = "/assets/";

    // Pages and what they need come from here; nothing is framed, nothing inline runs, forms go nowhere else.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'none'; object-src 'none'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private readonly string _host = FormattableString.Invariant($"127.0.0.1:{port}");

    /// <summary>The name of the cookie: one for each port, so that two programs do not take each other's.</summary>
    public string CookieName { get; } = FormattableString.Invariant($"sortition-{port}");

    /// <summary>The address of the program, which is also the origin of its pages.</summary>
    public string Origin => "http://" + _host;

    /// <summary>What is wrong with a request; null where nothing is.</summary>
    public Refusal? Check(HttpRequest request)
    {
        // Somebody's name that leads here (DNS rebinding) is not this name.
        if (!string.Equals(request.Host.Value, _host, StringComparison.Ordinal))
        {
            return Refusal.Host;
        }

        bool isOpening = request.Path.Equals(OpeningPath, StringComparison.Ordinal);
        if (HttpMethods.IsPost(request.Method))
        {
            // The file that opens the page has no origin. It proves by its token that it is the right one.
            string origin = request.Headers.Origin.ToString();
            if (!string.Equals(origin, Origin, StringComparison.Ordinal) && !(isOpening && origin is "null" or "file://"))
            {
                return Refusal.Origin;
            }
        }
        else if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return Refusal.Method;
        }

        // A link or a script of another page; where the browser tells nothing, the cookie is left to tell it.
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        if (!isOpening && site is not ("" or "same-origin" or "none"))
        {
            return Refusal.Origin;
        }

        if (isOpening || request.Path.StartsWithSegments("/assets", StringComparison.Ordinal))
        {
            return null;
        }

        string path = request.Path.Value ?? "";
        int end = path.IndexOf('/', 1);
        string segment = path.Length == 0 ? "" : end < 0 ? path[1..] : path[1..end];
        bool isKnown = Session.AreSame(segment, session.Segment) & Session.AreSame(request.Cookies[CookieName], session.Cookie);
        return isKnown ? null : Refusal.Session;
    }

    /// <summary>Hands out the cookie.</summary>
    public void Admit(HttpResponse response) => response.Cookies.Append(CookieName, session.Cookie, new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = "/" + session.Segment,
        IsEssential = true,
    });

    /// <summary>What every answer says, whatever it is.</summary>
    public static void Protect(HttpResponse response)
    {
        IHeaderDictionary headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";

        // Other sites are told nothing; with "no-referrer" browsers would send our own forms without their origin, too.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }

    /// <summary>For a page that was made elsewhere in the house and holds its own styles and script: it may do nothing but show itself.</summary>
    public static void Sandbox(HttpResponse response, bool withScript) => response.Headers.ContentSecurityPolicy =
        "sandbox" + (withScript ? " allow-scripts" : "")
        + "; default-src 'none'; style-src 'unsafe-inline'; img-src data:" + (withScript ? "; script-src 'unsafe-inline'" : "");
}

/// <summary>Why a request is not answered.</summary>
internal enum Refusal
{
    /// <summary>It is addressed to another name than this program's.</summary>
    Host,

    /// <summary>It comes from a page of somebody else's.</summary>
    Origin,

    /// <summary>It wants something else than to read or to send a form.</summary>
    Method,

    /// <summary>It has not the secrets of this run.</summary>
    Session,
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sortition.Web.Hosting;

/// <summary>The secrets of one run of the program. They are in its memory only, and gone when it ends.</summary>
/// <remarks>
/// Whoever opens the page proves by a token, which is good once and for a minute, that they may read a file of its owner. From then on a browser needs two
/// secrets: a cookie, and a part of every address, since a browser sends cookies to all ports of a computer, whoever listens there.
/// </remarks>
internal sealed class Session(TimeProvider clock)
{
    /// <summary>How long the token is good for.</summary>
    public static readonly TimeSpan TokenLife = TimeSpan.FromSeconds(60);

    private const int SecretBytes = 32;
    private readonly Lock _lock = new();
    private readonly long _start = clock.GetTimestamp();
    private string? _token = NewSecret();

    /// <summary>The first part of every address.</summary>
    public string Segment { get; } = NewSecret();

    /// <summary>The cookie's value.</summary>
    public string Cookie { get; } = NewSecret();

    /// <summary>What every form carries, so that no page of somebody else's can send one.</summary>
    public string FormToken { get; } = NewSecret();

    /// <summary>The token that opens the page; null once it has been used.</summary>
    public string? Token
    {
        get
        {
            lock (_lock)
            {
                return _token;
            }
        }
    }

    /// <summary>Uses the token up, if it is the right one and still good.</summary>
    public bool Open(string? token)
    {
        lock (_lock)
        {
            if (_token is null || clock.GetElapsedTime(_start) > TokenLife || !AreSame(token, _token))
            {
                return false;
            }

            _token = null;
            return true;
        }
    }

    /// <summary>Whether two secrets are the same, in a time that does not tell how much of them is.</summary>
    public static bool AreSame(string? given, string secret) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(secret));

    private static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
}

namespace Sortition.Web.Hosting;

/// <summary>How answers say what they are.</summary>
internal static class MediaTypes
{
    public const string Html = "text/html; charset=utf-8";
    public const string Json = "application/json";
    public const string Zip = "application/zip";
    public const string Bytes = "application/octet-stream";
}

using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sortition.Web.Hosting;
using Sortition.Web.Pages;
using Sortition.Web.Projects;

namespace Sortition.Web.Steps;

/// <summary>Receives every request: protects the answer, refuses who may not come in, and tells what went wrong without telling whose data it was.</summary>
internal static class Reception
{
    /// <summary>Lets a request through, or refuses it.</summary>
    public static async Task ReceiveAsync(Desk desk, HttpContext http, RequestDelegate next)
    {
        Guard.Protect(http.Response);
        if (desk.Guard.Check(http.Request) is Refusal refusal)
        {
            await RefuseAsync(desk, http, refusal);
            return;
        }

        // To ask how much time is left is no use of the program.
        if (!http.Request.Path.Equals(desk.Root + Routes.IdlePath, StringComparison.Ordinal))
        {
            desk.Idle.Use();
        }

        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The browser has gone elsewhere.
        }
        catch (UploadException e)
        {
            await FailAsync(desk, http, e.IsTooLarge ? "message/too-large" : "message/no-form", e.IsTooLarge ? 413 : 400);
        }
        catch (ProjectInUseException)
        {
            await FailAsync(desk, http, "message/in-use", StatusCodes.Status409Conflict);
        }
        catch (JsonException)
        {
            await FailAsync(desk, http, "message/settings", StatusCodes.Status500InternalServerError);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await FailAsync(desk, http, "message/not-written", StatusCodes.Status500InternalServerError);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            // The type and no message: that may quote people's data.
            await FailAsync(desk, http, "message/unexpected", StatusCodes.Status500InternalServerError);
            await Console.Error.WriteLineAsync(desk.Language.Text("tool/unexpected", ("type", e.GetType().Name)));
        }
    }

    /// <summary>Takes the token, and hands out the cookie.</summary>
    public static async Task OpenAsync(Desk desk, HttpContext http)
    {
        UploadedForm form = await UploadedForm.ReadAsync(http.Request, http.RequestAborted);
        if (!desk.Session.Open(form["token"]))
        {
            await RefuseAsync(desk, http, Refusal.Session);
            return;
        }

        // Not a redirect: a browser that comes from elsewhere would not send the new cookie along.
        desk.Guard.Admit(http.Response);
        await PageRenderer.RenderAsync<Opened>(http.Response, new View { Language = desk.Language, Root = desk.Root, FormToken = "" });
    }

    private static Task RefuseAsync(Desk desk, HttpContext http, Refusal refusal)
    {
        http.Response.StatusCode = refusal switch
        {
            Refusal.Host => StatusCodes.Status421MisdirectedRequest,
            Refusal.Method => StatusCodes.Status405MethodNotAllowed,
            _ => StatusCodes.Status403Forbidden,
        };
        View view = new() { Language = desk.Language, Root = "", FormToken = "" };
        return refusal == Refusal.Host ? Task.CompletedTask : PageRenderer.RenderAsync<Message>(http.Response, view, ("Key", "message/start-again"));
    }

    private static Task FailAsync(Desk desk, HttpContext http, string key, int status)
    {
        http.Response.StatusCode = status;
        View view = new() { Language = desk.Language, Root = desk.Root, FormToken = desk.Session.FormToken };
        return PageRenderer.RenderAsync<Message>(http.Response, view, ("Key", key), ("Link", desk.Root + "/"));
    }
}

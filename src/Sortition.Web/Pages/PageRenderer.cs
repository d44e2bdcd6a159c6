using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Sortition.Web.Pages;

/// <summary>Renders a component as a whole answer. Nothing of it stays alive on the server.</summary>
public static class PageRenderer
{
    private static readonly ServiceProvider s_noServices = new ServiceCollection().BuildServiceProvider();

    /// <summary>Answers with a page.</summary>
    /// <typeparam name="T">The component.</typeparam>
    /// <param name="response">The answer.</param>
    /// <param name="view">What every page knows.</param>
    /// <param name="parameters">What this one is given besides.</param>
    public static async Task RenderAsync<T>(HttpResponse response, View view, params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        Dictionary<string, object?> all = parameters.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        all[nameof(Page.V)] = view;
        await using HtmlRenderer renderer = new(s_noServices, NullLoggerFactory.Instance);
        string html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(all))).ToHtmlString());
        response.ContentType = "text/html; charset=utf-8";
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(html));
    }
}

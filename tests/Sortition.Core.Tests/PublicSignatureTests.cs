using System.Reflection;
using Xunit;

namespace Sortition.Core.Tests;

/// <summary>Progress, threads, limits and cancellation are given the same way everywhere: options, then a token.</summary>
public class PublicSignatureTests
{
    private static readonly MethodBase[] s_methods =
    [
        .. typeof(SelectionProblem).Assembly.GetExportedTypes().Where(t => !t.IsAssignableTo(typeof(Delegate))).SelectMany(
            t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Cast<MethodBase>()
                .Concat(t.GetConstructors())),
    ];

    [Fact]
    public void Tokens_come_last_and_may_be_left_out()
    {
        // An option that is a token is set, not handed in.
        MethodBase[] withToken = [.. s_methods.Where(m => m.GetParameters().Any(IsToken) && m is not MethodInfo { IsSpecialName: true })];
        Assert.True(withToken.Length > 10);
        Assert.Empty(withToken.Where(m => !IsToken(m.GetParameters()[^1]) || !m.GetParameters()[^1].IsOptional).Select(Name));
    }

    [Fact]
    public void Options_come_right_before_the_token_and_may_be_left_out()
    {
        MethodBase[] withOptions = [.. s_methods.Where(m => m is MethodInfo && m.GetParameters().Any(IsOptions) && m.GetParameters().Any(IsToken))];
        Assert.True(withOptions.Length > 8);
        Assert.Empty(withOptions.Where(m => !IsOptions(m.GetParameters()[^2]) || !m.GetParameters()[^2].IsOptional).Select(Name));
    }

    [Fact]
    public void What_belongs_into_options_is_no_parameter() =>
        Assert.Empty(
            s_methods.Where(m => m is MethodInfo { IsSpecialName: false } or ConstructorInfo)
                .Where(m => m.GetParameters().Any(p => IsProgress(p.ParameterType) || p.ParameterType == typeof(TimeSpan?)
                    || string.Equals(p.Name, "maxThreads", StringComparison.OrdinalIgnoreCase)))
                .Select(Name));

    [Fact]
    public void Options_call_the_same_things_by_the_same_names_and_are_set_once()
    {
        Type[] options = [.. typeof(SelectionProblem).Assembly.GetExportedTypes().Where(t => t.Name.EndsWith("Options", StringComparison.Ordinal))];
        Assert.True(options.Length > 4);
        foreach (PropertyInfo property in options.SelectMany(t => t.GetProperties()))
        {
            Assert.Equal(IsProgress(property.PropertyType), string.Equals(property.Name, "Progress", StringComparison.Ordinal));
            Assert.Equal(property.PropertyType == typeof(TimeSpan?), string.Equals(property.Name, "TimeLimit", StringComparison.Ordinal));
            Assert.Contains(typeof(System.Runtime.CompilerServices.IsExternalInit), property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers());
        }
    }

    private static bool IsToken(ParameterInfo parameter) => parameter.ParameterType == typeof(CancellationToken);

    private static bool IsOptions(ParameterInfo parameter) => parameter.ParameterType.Name.EndsWith("Options", StringComparison.Ordinal);

    private static bool IsProgress(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IProgress<>);

    private static string Name(MethodBase method) => $"{method.DeclaringType!.Name}.{method.Name}";
}

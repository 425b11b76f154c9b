using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Scouthook.Settings;

/// <summary>The options of the app in code: configuration, post-configuration and validation.</summary>
internal sealed class OptionsPipeline<TOptions>(
    IEnumerable<IConfigureOptions<TOptions>> configure,
    IEnumerable<IPostConfigureOptions<TOptions>> postConfigure,
    IEnumerable<IValidateOptions<TOptions>> validate,
    IEnumerable<IOptionsChangeTokenSource<TOptions>> changes)
    where TOptions : class
{
    public IEnumerable<Func<IChangeToken?>> Changes =>
        changes.Select(source => new Func<IChangeToken?>(source.GetChangeToken));

    public void Configure(TOptions options)
    {
        foreach (var step in configure)
        {
            if (step is IConfigureNamedOptions<TOptions> named)
            {
                named.Configure(Options.DefaultName, options);
            }
            else
            {
                step.Configure(options);
            }
        }

        foreach (var step in postConfigure)
        {
            step.PostConfigure(Options.DefaultName, options);
        }
    }

    public void Validate(TOptions options, List<string> mistakes)
    {
        foreach (var validator in validate)
        {
            if (validator.Validate(Options.DefaultName, options) is { Failed: true } result)
            {
                mistakes.AddRange(result.Failures ?? []);
            }
        }
    }
}

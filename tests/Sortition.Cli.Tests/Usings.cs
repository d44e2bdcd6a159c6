global using Xunit;
global using Sortition.Shared.Speech;

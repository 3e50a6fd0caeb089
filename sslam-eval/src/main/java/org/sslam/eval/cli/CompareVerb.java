package org.sslam.eval.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.sslam.eval.report.page.Comparison;
import org.sslam.eval.statistics.Estimate;
import org.sslam.eval.statistics.Interval;
import org.sslam.eval.statistics.PairedComparison;
import org.sslam.eval.statistics.ScoredResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sslam report compare}: the paired comparison of two results on the same test clips. */
@Command(
        name = "compare",
        description = {
            "Compare two results clip by clip: difference, its interval, and whether chance explains it.",
            "Both must have been judged on the same test clips, with the same classes and folds."
        },
        footer = {"", "Example: sslam report compare runs/sslam-linear runs/mb-ua-linear --output compare.html"})
final class CompareVerb extends Verb {
    private static final double PERCENT = 100;
    private static final int MOST_NAME = 40;

    @Parameters(index = "0", paramLabel = "FIRST", description = "result folder or result.json")
    private Path first;

    @Parameters(index = "1", paramLabel = "SECOND", description = "another one; its figure is subtracted")
    private Path second;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "draw it too: a page (.html) or a picture (.svg)")
    private Optional<Path> output = Optional.empty();

    @Mixin
    private ResamplingInput resampling;

    @Override
    public Integer call() throws IOException {
        String kind = output.map(CompareVerb::extension).orElse("");
        if (output.isPresent() && !kind.equals("html") && !kind.equals("svg")) {
            throw usage("--output must end with .html or .svg, not " + output.get());
        }
        Comparison comparison =
                new Comparison(ScoredResult.open(first), ScoredResult.open(second), resampling.options());
        print(comparison);
        comparison.caveat().ifPresent(text -> err().println("note: " + text));
        if (output.isPresent()) {
            draw(comparison, kind, output.get());
        }
        return Main.OK;
    }

    private void draw(Comparison comparison, String kind, Path file) throws IOException {
        if (kind.equals("svg")) {
            comparison.chart().svg().write(file);
            out().println("picture: " + file);
        } else {
            comparison.page(Version.ofProject()).write(file);
            out().println("report: " + file);
        }
    }

    private void print(Comparison comparison) {
        PairedComparison paired = comparison.paired();
        String metric = paired.metric().metricName();
        String level = String.format(
                Locale.ROOT, "%.0f %% range", PERCENT * paired.interval().level());
        int width = Math.min(
                MOST_NAME,
                Math.max(
                        comparison.firstName().length(), comparison.secondName().length()));
        String line = "%-" + Math.max(width, "difference".length()) + "s  %10s  %s%n";
        out().printf(Locale.ROOT, line, "", metric + ", %", level);
        row(line, comparison.firstName(), comparison.ofFirst());
        row(line, comparison.secondName(), comparison.ofSecond());
        out().printf(Locale.ROOT, line, "difference", percent(paired.difference()), range(paired.interval()));
        out().printf(
                        Locale.ROOT,
                        "%d test clips; paired bootstrap p = %.4f%s%n",
                        paired.clips(),
                        paired.p(),
                        paired.signFlipP().isPresent()
                                ? String.format(
                                        Locale.ROOT,
                                        "; sign-flip p = %.4f",
                                        paired.signFlipP().getAsDouble())
                                : "");
    }

    private void row(String line, String name, Estimate estimate) {
        out().printf(
                        Locale.ROOT,
                        line,
                        name,
                        percent(estimate.value()),
                        range(estimate.interval().orElseThrow()));
    }

    private static String range(Interval interval) {
        return percent(interval.low()) + " to " + percent(interval.high());
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.2f", PERCENT * fraction);
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}

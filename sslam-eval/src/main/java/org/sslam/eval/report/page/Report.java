package org.sslam.eval.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.sslam.eval.probe.EncoderComparison;
import org.sslam.eval.report.html.Chapter;
import org.sslam.eval.report.html.Page;
import org.sslam.eval.report.html.Section;
import org.sslam.eval.report.input.ReportInputs;
import org.sslam.eval.report.input.RestoredClips;
import org.sslam.eval.report.input.RunInput;
import org.sslam.eval.report.section.ClassFigure;
import org.sslam.eval.report.section.ClassesSection;
import org.sslam.eval.report.section.ComparisonSection;
import org.sslam.eval.report.section.ConfusionSection;
import org.sslam.eval.report.section.CurvesSection;
import org.sslam.eval.report.section.EpochsSection;
import org.sslam.eval.report.section.FiguresSection;
import org.sslam.eval.report.section.ProvenanceSection;
import org.sslam.eval.report.section.PublishedFigures;
import org.sslam.eval.report.section.ReconstructionSection;
import org.sslam.eval.result.EvaluationResult;
import org.sslam.eval.statistics.Estimate;
import org.sslam.eval.statistics.ScoredResult;

/** The page about runs and results: a table of all results first, then a chapter for each. */
public final class Report {
    private final ReportOptions options;
    private final String version;
    private final SoundSections sounds;

    /**
     * @param version of the program, for the subtitle
     * @param notices receives lines that a person should read
     * @param watcher shows how far the map is
     */
    public Report(ReportOptions options, String version, Consumer<String> notices, EncoderComparison.Watcher watcher) {
        this.options = options;
        this.version = version;
        this.sounds = new SoundSections(options, notices, watcher);
    }

    /**
     * Gathers everything.
     *
     * @throws org.sslam.core.UserException when something is missing or malformed
     */
    public Page page(ReportInputs inputs) {
        Map<ScoredResult, Estimate> estimates = new LinkedHashMap<>();
        inputs.results().forEach(scored -> estimates.put(scored, Estimate.of(scored, options.resampling())));
        List<Chapter> chapters = new ArrayList<>();
        if (estimates.size() > 1) {
            chapters.add(new Chapter("All results", List.of(new ComparisonSection(estimates))));
        }
        estimates.forEach((scored, estimate) -> chapters.add(result(scored, estimate)));
        inputs.runs().forEach(run -> chapters.add(run(run)));
        inputs.restored()
                .forEach(restored -> chapters.add(new Chapter(
                        "Reconstructions by " + restored.network(), List.of(new ReconstructionSection(restored)))));
        return new Page(
                chapters.size() == 1 ? chapters.get(0).title() : title(inputs),
                "A report of sslam " + version,
                chapters);
    }

    private static String title(ReportInputs inputs) {
        List<String> parts = new ArrayList<>();
        count(parts, inputs.results().size(), "result");
        count(parts, inputs.runs().size(), "run");
        count(parts, inputs.restored().size(), "reconstruction");
        return String.join(" and ", parts);
    }

    private static void count(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what + (count == 1 ? "" : "s"));
        }
    }

    private Chapter result(ScoredResult scored, Estimate estimate) {
        EvaluationResult result = scored.result();
        List<Section> sections = new ArrayList<>();
        sections.add(new FiguresSection(scored, estimate, PublishedFigures.standard()));
        EpochsSection.of(result).ifPresent(sections::add);
        sections.add(new ClassesSection(ClassFigure.of(scored)));
        ConfusionSection.of(scored).ifPresent(sections::add);
        String source = scored.path().toString();
        sections.addAll(sounds.of(source, result.config(), Optional.empty()));
        sections.add(new ProvenanceSection(source, result.provenance(), result.config()));
        return new Chapter(result.system() + " on " + result.task() + ", " + result.mode(), sections);
    }

    private Chapter run(RunInput run) {
        List<Section> sections = new ArrayList<>();
        sections.add(new CurvesSection(run.metrics()));
        RestoredClips.ofRun(run.folder()).map(ReconstructionSection::new).ifPresent(sections::add);
        sections.addAll(sounds.of(run.folder().toString(), run.config(), Optional.of(run.folder())));
        sections.add(new ProvenanceSection(run.folder().toString(), run.provenance(), run.config()));
        return new Chapter("Run " + run.name(), sections);
    }
}

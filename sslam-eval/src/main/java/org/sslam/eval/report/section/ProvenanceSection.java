package org.sslam.eval.report.section;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.sslam.core.run.Provenance;
import org.sslam.eval.report.html.Html;
import org.sslam.eval.report.html.Parts;
import org.sslam.eval.report.html.Section;
import org.sslam.eval.report.html.Tag;

/** What was run: version, hashes, seed, machine, configuration. */
public final class ProvenanceSection implements Section {
    private final Html body;

    /**
     * @param source the folder or file that the numbers come from
     * @param config the whole configuration as YAML
     */
    public ProvenanceSection(String source, Provenance provenance, String config) {
        List<Html> facts = new ArrayList<>();
        fact(facts, "read from", source);
        fact(
                facts,
                "started",
                provenance.startTime().truncatedTo(ChronoUnit.SECONDS).toString());
        fact(facts, "sslam", provenance.projectVersion());
        fact(facts, "seed", Long.toString(provenance.seed()));
        fact(facts, "device", provenance.device());
        provenance.versions().forEach((name, version) -> fact(facts, name, version));
        fact(facts, "configuration hash", known(provenance.configHash()));
        fact(facts, "data hash", known(provenance.dataHash()));
        this.body = Html.of(
                Tag.of("dl").with(facts),
                Parts.details("The whole configuration", Tag.of("pre").text(config)));
    }

    @Override
    public String title() {
        return "What was run";
    }

    @Override
    public Html body() {
        return body;
    }

    private static String known(String hash) {
        return hash.isEmpty() ? "unknown" : hash;
    }

    private static void fact(List<Html> facts, String name, String value) {
        facts.add(Tag.of("dt").text(name));
        facts.add(Tag.of("dd").text(value));
    }
}

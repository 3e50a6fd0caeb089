package org.sslam.eval.cli;

import org.sslam.eval.analysis.HeadFeatures;
import org.sslam.eval.analysis.Pwcca;
import org.sslam.models.vit.PatchGrid;
import picocli.CommandLine.Option;

/** How features of heads are sampled and compared. */
final class SampleInput {
    @Option(
            names = "--tokens",
            paramLabel = "N",
            description = "tokens of each clip that are taken; default: ${DEFAULT-VALUE}",
            defaultValue = "20")
    private int tokens;

    @Option(
            names = "--variant",
            description =
                    "${COMPLETION-CANDIDATES}: as the public code or by the definition; default: ${DEFAULT-VALUE}",
            defaultValue = "public")
    private Pwcca.Variant variant;

    boolean wrongTokens() {
        return tokens < 1;
    }

    HeadFeatures features(long seed, PatchGrid grid) {
        return new HeadFeatures(seed, tokens, grid);
    }

    Pwcca.Variant variant() {
        return variant;
    }
}

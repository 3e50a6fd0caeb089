package org.sslam.eval.cli;

import org.sslam.eval.analysis.AttentionStatistics;
import org.sslam.eval.analysis.HeadMeans;
import org.sslam.models.mwmae.MwmaeEncoder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sslam analyse attention-entropy}. */
@Command(
        name = "attention-entropy",
        description = {
            "How widely every head of encoders looks: entropy of its attention, nats, mean over tokens and clips.",
            "Give an encoder of several stages of training to see it change. Nothing is hidden."
        },
        footer = {
            "",
            "Example: sslam analyse attention-entropy --encoder runs/esc-tiny-mwmae/encoder --limit 100 /data/ESC-50"
        })
final class AttentionEntropyVerb extends HeadFiguresVerb {
    @Option(
            names = "--drop-cls",
            description = "of the attention among patches alone, its sum made 1 again; CLS takes part otherwise")
    private boolean dropCls;

    @Override
    String name() {
        return "attention-entropy";
    }

    @Override
    String axis() {
        return "attention entropy (nats)";
    }

    @Override
    HeadMeans.Figure figure(MwmaeEncoder encoder) {
        int extra = dropCls ? encoder.config().extraTokens() : 0;
        if (extra == 0) {
            return AttentionStatistics::entropy;
        }
        return (weights, heads, tokens) -> AttentionStatistics.entropy(
                AttentionStatistics.amongPatches(weights, tokens, extra), heads, tokens - extra);
    }
}

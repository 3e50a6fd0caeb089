package org.sslam.eval.cli;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sslam.core.UserException;
import org.sslam.core.engine.Torch;
import org.sslam.eval.analysis.HeadCorrelations;
import org.sslam.eval.analysis.HeadFeatures;
import org.sslam.eval.report.PointChart;
import org.sslam.models.mwmae.MwmaeEncoder;
import org.sslam.models.mwmae.MwmaeFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sslam analyse feature-correlation}. */
@Command(
        name = "feature-correlation",
        description = {
            "How early features are what they will be: PWCCA of every block's heads with the same heads of the last stage.",
            "Name checkpoints of one run in the order of training."
        },
        footer = {
            "",
            "Example: sslam analyse feature-correlation --stage runs/a/checkpoints/step-100 --stage runs/a/encoder /data/ESC-50"
        })
final class FeatureCorrelationVerb extends Verb {
    @Mixin
    private AnalysisInput input;

    @Mixin
    private SampleInput samples;

    @Option(
            names = "--stage",
            required = true,
            paramLabel = "DIR",
            description = "a checkpoint, or the encoder of a run")
    private List<Path> stages;

    @Override
    public Integer call() {
        if (input.wrongBatch() || samples.wrongTokens()) {
            throw usage("--batch and --tokens must be at least 1");
        }
        if (stages.size() < 2) {
            throw usage("--stage must be given at least twice");
        }
        HeadFeatures last = features(stages.get(stages.size() - 1));
        List<List<Object>> rows = new ArrayList<>();
        Map<String, PointChart.Points> series = new LinkedHashMap<>();
        for (Path stage : stages.subList(0, stages.size() - 1)) {
            double[] correlations;
            try {
                correlations = HeadCorrelations.withLater(features(stage), last, samples.variant());
            } catch (IllegalArgumentException e) {
                throw new UserException(stage + ": " + e.getMessage(), e);
            }
            List<Double> x = new ArrayList<>();
            List<Double> y = new ArrayList<>();
            for (int block = 0; block < correlations.length; block++) {
                x.add(block + 1.0);
                y.add(correlations[block]);
                rows.add(List.of(stage.toString(), block + 1, String.format(Locale.ROOT, "%.6f", correlations[block])));
            }
            series.put(stage.toString(), new PointChart.Points(x, y));
        }
        String name = "feature-correlation";
        new PointChart("Correlation with the last stage", "block", "PWCCA, mean over heads", true)
                .write(series, input.picture(name));
        out().println(input.table(name, List.of("stage", "block", "pwcca"), rows));
        return Main.OK;
    }

    private HeadFeatures features(Path stage) {
        Torch.start();
        try (NDManager root = NDManager.newBaseManager()) {
            MwmaeFiles.Loaded<MwmaeEncoder> loaded = MwmaeFiles.loadEncoder(root, stage);
            HeadFeatures features =
                    samples.features(input.seed(), loaded.model().grid());
            input.over(stage.toString(), pass -> pass.encoder(root, loaded.model(), loaded.frontEnd(), features));
            return features;
        }
    }
}

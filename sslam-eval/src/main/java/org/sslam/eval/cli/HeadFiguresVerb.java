package org.sslam.eval.cli;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sslam.core.engine.Torch;
import org.sslam.eval.analysis.HeadFigures;
import org.sslam.eval.analysis.HeadMeans;
import org.sslam.eval.report.PointChart;
import org.sslam.models.mwmae.MwmaeEncoder;
import org.sslam.models.mwmae.MwmaeFiles;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the verbs have in common that give one number for every head of encoders. */
abstract class HeadFiguresVerb extends Verb {
    @Mixin
    private AnalysisInput input;

    @Option(
            names = "--encoder",
            required = true,
            paramLabel = "DIR",
            description = "folder 'encoder' of a run of MW-MAE or MAE, or a checkpoint; may be given again")
    private List<Path> encoders;

    /** Name of the files. */
    abstract String name();

    /** What the numbers are. */
    abstract String axis();

    /** The figure of each head of one batch. */
    abstract HeadMeans.Figure figure(MwmaeEncoder encoder);

    @Override
    public final Integer call() {
        if (input.wrongBatch()) {
            throw usage("--batch must be at least 1");
        }
        List<List<Object>> rows = new ArrayList<>();
        Map<String, PointChart.Points> series = new LinkedHashMap<>();
        for (Path folder : encoders) {
            HeadFigures figures = figures(folder);
            rows.addAll(figures.rows());
            series.put(figures.network(), points(figures));
        }
        new PointChart(axis(), "block", axis(), false).write(series, input.picture(name()));
        out().println(input.table(name(), HeadFigures.HEADER, rows));
        return Main.OK;
    }

    private HeadFigures figures(Path folder) {
        Torch.start();
        try (NDManager root = NDManager.newBaseManager()) {
            MwmaeFiles.Loaded<MwmaeEncoder> loaded = MwmaeFiles.loadEncoder(root, folder);
            HeadMeans means = new HeadMeans(figure(loaded.model()));
            input.over(folder.toString(), pass -> pass.encoder(root, loaded.model(), loaded.frontEnd(), means));
            return means.of(folder.toString());
        }
    }

    private static PointChart.Points points(HeadFigures figures) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int block = 0; block < figures.values().size(); block++) {
            for (double value : figures.values().get(block)) {
                x.add(block + 1.0);
                y.add(value);
            }
        }
        return new PointChart.Points(x, y);
    }
}

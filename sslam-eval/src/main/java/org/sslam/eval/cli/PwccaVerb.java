package org.sslam.eval.cli;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sslam.core.UserException;
import org.sslam.core.engine.Torch;
import org.sslam.eval.analysis.HeadCorrelations;
import org.sslam.eval.analysis.HeadFeatures;
import org.sslam.eval.report.MatrixPicture;
import org.sslam.models.mask.RandomMask;
import org.sslam.models.mwmae.Mwmae;
import org.sslam.models.mwmae.MwmaeEncoder;
import org.sslam.models.mwmae.MwmaeFiles;
import org.sslam.models.vit.PatchGrid;
import org.sslam.train.mwmae.MwmaeRunConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sslam analyse pwcca}. */
@Command(
        name = "pwcca",
        description = {
            "Which heads see the same: projection-weighted canonical correlation of every head with every other.",
            "Of an encoder, or with --decoder of a checkpoint's decoder, as much of each clip then hidden as in training."
        },
        footer = {"", "Example: sslam analyse pwcca --network runs/esc-tiny-mwmae/encoder --limit 200 /data/ESC-50"})
final class PwccaVerb extends Verb {
    @Mixin
    private AnalysisInput input;

    @Mixin
    private SampleInput samples;

    @Option(
            names = "--network",
            required = true,
            paramLabel = "DIR",
            description = "folder 'encoder' of a run of MW-MAE or MAE, or a checkpoint")
    private Path network;

    @Option(names = "--decoder", description = "the decoder's heads; needs a checkpoint")
    private boolean decoder;

    @Override
    public Integer call() {
        if (input.wrongBatch() || samples.wrongTokens()) {
            throw usage("--batch and --tokens must be at least 1");
        }
        HeadFeatures features = features();
        double[][] matrix;
        try {
            matrix = HeadCorrelations.matrix(features, samples.variant());
        } catch (IllegalArgumentException e) {
            throw new UserException(network + ": " + e.getMessage(), e);
        }
        String name = decoder ? "pwcca-decoder" : "pwcca-encoder";
        int heads = matrix.length / features.blocks();
        new MatrixPicture("PWCCA between heads of " + network, heads).write(matrix, input.picture(name));
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < matrix.length; column++) {
                rows.add(List.of(
                        row / heads + 1,
                        row % heads + 1,
                        column / heads + 1,
                        column % heads + 1,
                        String.format(Locale.ROOT, "%.6f", matrix[row][column])));
            }
        }
        out().println(input.table(name, List.of("block", "head", "other_block", "other_head", "pwcca"), rows));
        return Main.OK;
    }

    private HeadFeatures features() {
        Torch.start();
        try (NDManager root = NDManager.newBaseManager()) {
            return decoder ? ofDecoder(root) : ofEncoder(root);
        }
    }

    private HeadFeatures ofEncoder(NDManager root) {
        MwmaeFiles.Loaded<MwmaeEncoder> loaded = MwmaeFiles.loadEncoder(root, network);
        HeadFeatures features = samples.features(input.seed(), loaded.model().grid());
        input.over(network.toString(), pass -> pass.encoder(root, loaded.model(), loaded.frontEnd(), features));
        return features;
    }

    private HeadFeatures ofDecoder(NDManager root) {
        MwmaeFiles.Loaded<Mwmae> loaded = MwmaeFiles.loadWhole(root, network);
        PatchGrid grid = loaded.model().encoder().grid();
        RandomMask mask = MwmaeRunConfig.objectiveOf(network).mask(grid.tokens());
        HeadFeatures features = samples.features(input.seed(), grid);
        input.over(
                network.toString(),
                pass -> pass.decoder(root, loaded.model(), loaded.frontEnd(), mask, input.seed(), features));
        return features;
    }
}

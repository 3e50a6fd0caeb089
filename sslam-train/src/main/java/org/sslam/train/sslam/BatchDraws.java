package org.sslam.train.sslam;

import java.util.List;
import java.util.SplittableRandom;
import org.sslam.audio.feature.FrontEnd;
import org.sslam.audio.load.Batch;
import org.sslam.audio.mix.MixKind;
import org.sslam.audio.mix.PartialMixer;
import org.sslam.audio.mix.Regions;
import org.sslam.core.random.Seeds;
import org.sslam.models.mask.InverseBlockMask;
import org.sslam.models.mask.TokenMask;

/**
 * Masks and mixtures of a batch, each a function of (seed, purpose, position of the batch, rank, row) alone.
 */
final class BatchDraws {
    private final ObjectiveConfig objective;
    private final PartialMixer mixer;
    private final InverseBlockMask masking;
    private final FrontEnd frontEnd;
    private final int patchSize;
    private final long seed;
    private final int rank;

    BatchDraws(
            ObjectiveConfig objective,
            InverseBlockMask masking,
            FrontEnd frontEnd,
            int patchSize,
            long seed,
            int rank) {
        this.objective = objective;
        this.mixer = objective.mixing().mixer();
        this.masking = masking;
        this.frontEnd = frontEnd;
        this.patchSize = patchSize;
        this.seed = seed;
        this.rank = rank;
    }

    StudentBatch draw(Batch batch) {
        TokenMask mask = mask(batch);
        if (!objective.variant().mixed() || !mixesNow(batch.position())) {
            return new StudentBatch(batch.size(), batch.frames(), batch.bins(), batch.melBTF(), null, mask, null);
        }
        SplittableRandom random = Seeds.random(seed, "regions", batch.position(), rank);
        Regions regions = mixer.regions(random, batch.frames(), patchSize);
        return new StudentBatch(
                batch.size(), batch.frames(), batch.bins(), batch.melBTF(), mixture(batch, regions), mask, regions);
    }

    private boolean mixesNow(long position) {
        double probability = objective.mixing().probability();
        return probability >= 1 || Seeds.random(seed, "mix", position).nextDouble() < probability;
    }

    private TokenMask mask(Batch batch) {
        boolean[][] rows = new boolean[batch.size() * objective.clones()][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = masking.draw(Seeds.random(seed, "mask", batch.position(), rank, r));
        }
        return new TokenMask(rows);
    }

    private float[] mixture(Batch batch, Regions regions) {
        if (mixer.kind() != MixKind.WAVEFORM_MEAN) {
            return mixer.mix(batch.melBTF(), batch.size(), batch.bins(), regions);
        }
        List<float[]> waves = batch.waveforms();
        int hopSamples = frontEnd.config().logMel().hopSamples();
        float[][] mixed = mixer.mixWaveforms(waves.toArray(float[][]::new), regions, hopSamples);
        float[] mel = new float[batch.melBTF().length];
        int clip = batch.frames() * batch.bins();
        for (int b = 0; b < mixed.length; b++) {
            SplittableRandom random = Seeds.random(seed, "mixture", batch.position(), rank, b);
            frontEnd.melOf(mixed[b], false, random, mel, b * clip);
        }
        return mel;
    }
}

package org.sslam.eval.bench;

import java.util.SplittableRandom;
import org.sslam.audio.feature.LogMel;

/** Kaldi-compatible 128-bin log-mel of ten-second clips at 16 kHz, one at a time, on one thread. */
final class LogMelJob implements BenchJob {
    private static final int SAMPLES = 160_000;

    private final LogMel logMel = LogMel.kaldi(LogMel.Options.sslam());
    private final float[] wave = new float[SAMPLES];
    private final float[] centred = new float[SAMPLES];
    private final float[] out;
    private final int clips;

    LogMelJob(int clips) {
        this.clips = clips;
        this.out = new float[logMel.frames(SAMPLES) * LogMel.Options.sslam().bins()];
        SplittableRandom random = new SplittableRandom(0);
        for (int i = 0; i < SAMPLES; i++) {
            wave[i] = (float) (0.2 * random.nextDouble() - 0.1);
        }
    }

    @Override
    public void step() {
        for (int c = 0; c < clips; c++) {
            double sum = 0;
            for (float v : wave) {
                sum += v;
            }
            float mean = (float) (sum / SAMPLES);
            for (int i = 0; i < SAMPLES; i++) {
                centred[i] = wave[i] - mean;
            }
            logMel.compute(centred, 0, SAMPLES, out, 0);
        }
    }

    @Override
    public void close() {
        // holds plain arrays only
    }
}

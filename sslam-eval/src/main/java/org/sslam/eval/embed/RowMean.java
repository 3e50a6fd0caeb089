package org.sslam.eval.embed;

/** The mean over the time steps of a sound that are kept, those of all windows counted alike. */
final class RowMean implements Gather<float[]> {
    private final double[] sums;
    private int steps;

    /**
     * @param width numbers of a time step
     */
    RowMean(int width) {
        this.sums = new double[width];
    }

    @Override
    public void add(Window window, float[] output) {
        for (int i = 0; i < window.steps() * sums.length; i++) {
            sums[i % sums.length] += output[i];
        }
        steps += window.steps();
    }

    @Override
    public float[] result() {
        float[] mean = new float[sums.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sums[i] / steps);
        }
        return mean;
    }
}

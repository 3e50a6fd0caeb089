package org.sslam.eval.analysis;

import org.sslam.models.vit.PatchGrid;

/**
 * What attention weights say about a head: how spread they are, and how far it looks.
 *
 * <pre>
 * entropy  = mean over inputs and queries of  - sum_j a_ij ln a_ij      0 ln 0 = 0; at most ln n
 * distance = mean over inputs and queries of  sum_j a_ij D_ij           D_ij from patch i to patch j, Euclidean
 * </pre>
 *
 * <p>Source: MW-MAE paper, section 5.2 and figure 3; the natural logarithm and the treatment of CLS are choices of ours, as
 * the paper names none.
 */
public final class AttentionStatistics {
    private AttentionStatistics() {}

    /**
     * Entropy of every head, nats.
     *
     * @param weightsBHNN attention weights, row-major
     * @param heads H
     * @param tokens N
     */
    public static double[] entropy(float[] weightsBHNN, int heads, int tokens) {
        return perHead(weightsBHNN, heads, tokens, (query, key, weight) -> weight > 0 ? -weight * Math.log(weight) : 0);
    }

    /**
     * Weights among patches alone, each query's divided by their sum: what entropy is taken of where CLS shall take no part.
     *
     * @param weightsBHNN attention weights, row-major
     * @param extra tokens in front of the patches, which are left out as queries and as keys
     * @return (B, H, N - extra, N - extra); rows of queries that look at no patch are zero
     */
    public static float[] amongPatches(float[] weightsBHNN, int tokens, int extra) {
        int patches = tokens - extra;
        int maps = weightsBHNN.length / (tokens * tokens);
        float[] among = new float[maps * patches * patches];
        int at = 0;
        for (int map = 0; map < maps; map++) {
            for (int query = extra; query < tokens; query++) {
                int from = (map * tokens + query) * tokens;
                double sum = 0;
                for (int key = extra; key < tokens; key++) {
                    sum += weightsBHNN[from + key];
                }
                for (int key = extra; key < tokens; key++) {
                    among[at++] = sum > 0 ? (float) (weightsBHNN[from + key] / sum) : 0;
                }
            }
        }
        return among;
    }

    /**
     * Distance of every head.
     *
     * @param weightsBHNN attention weights, row-major
     * @param grid of the patches, which are the last tokens; what stands in front is left out, nothing is renormalised
     * @param frames length of a patch along time in the unit of the result, 1 for patches
     * @param bins length of a patch along frequency in the unit of the result, 1 for patches
     */
    public static double[] distance(
            float[] weightsBHNN, int heads, int tokens, PatchGrid grid, double frames, double bins) {
        int extra = tokens - grid.tokens();
        if (extra < 0) {
            throw new IllegalArgumentException(tokens + " tokens are fewer than the " + grid.tokens() + " patches");
        }
        double[] means = perHead(weightsBHNN, heads, tokens, (query, key, weight) -> {
            if (query < extra || key < extra) {
                return 0;
            }
            int i = query - extra;
            int j = key - extra;
            double time = frames * (i / grid.frequency() - j / grid.frequency());
            double frequency = bins * (i % grid.frequency() - j % grid.frequency());
            return weight * Math.sqrt(time * time + frequency * frequency);
        });
        for (int head = 0; head < heads; head++) {
            means[head] *= (double) tokens / grid.tokens();
        }
        return means;
    }

    /** What one weight adds to its query's sum. */
    @FunctionalInterface
    private interface Term {
        double of(int query, int key, float weight);
    }

    private static double[] perHead(float[] weightsBHNN, int heads, int tokens, Term term) {
        int size = heads * tokens * tokens;
        if (weightsBHNN.length == 0 || weightsBHNN.length % size != 0) {
            throw new IllegalArgumentException(weightsBHNN.length + " weights are no whole number of inputs of " + heads
                    + " x " + tokens + " x " + tokens);
        }
        int inputs = weightsBHNN.length / size;
        double[] means = new double[heads];
        int at = 0;
        for (int input = 0; input < inputs; input++) {
            for (int head = 0; head < heads; head++) {
                double sum = 0;
                for (int query = 0; query < tokens; query++) {
                    for (int key = 0; key < tokens; key++) {
                        sum += term.of(query, key, weightsBHNN[at++]);
                    }
                }
                means[head] += sum / tokens / inputs;
            }
        }
        return means;
    }
}

package org.sslam.eval.analysis;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.sslam.audio.load.Batch;
import org.sslam.core.nn.HeadView;
import org.sslam.core.random.Seeds;
import org.sslam.models.vit.PatchGrid;

/**
 * Outputs of every head, before the output projection, at some tokens of every clip: (head width, samples).
 *
 * <p>Which tokens is a function of (seed, clip), each taken once: the same ones for all heads and for all networks of the
 * same {@link Layout}, so that features can be correlated.
 */
public final class HeadFeatures implements HeadPass.Listener {
    private final long seed;
    private final int tokensPerClip;
    private final PatchGrid grid;
    private final List<Layout> layouts = new ArrayList<>();
    private final List<List<List<float[]>>> samples = new ArrayList<>();

    /**
     * What the features of a block are about.
     *
     * @param heads of the block
     * @param width numbers of a head at a token
     * @param grid of the patches, the last tokens
     * @param extraTokens tokens in front of the patches
     */
    public record Layout(int heads, int width, PatchGrid grid, int extraTokens) {
        @Override
        public String toString() {
            return heads + " heads of " + width + " numbers at " + grid.time() + " x " + grid.frequency()
                    + " patches and " + extraTokens + " more tokens";
        }
    }

    /**
     * @param tokensPerClip how many tokens of each clip are taken, all of them if it has fewer
     * @param grid of a clip's patches
     */
    public HeadFeatures(long seed, int tokensPerClip, PatchGrid grid) {
        if (tokensPerClip < 1) {
            throw new IllegalArgumentException("at least one token of each clip is needed, not " + tokensPerClip);
        }
        this.seed = seed;
        this.tokensPerClip = tokensPerClip;
        this.grid = grid;
    }

    @Override
    public void block(int block, HeadView view, Batch batch) {
        Shape s = view.outputsBHNC().getShape();
        int heads = (int) s.get(1);
        int tokens = (int) s.get(2);
        int width = (int) s.get(3);
        float[] values = view.outputsBHNC().toFloatArray();
        if (samples.size() == block) {
            layouts.add(new Layout(heads, width, grid, tokens - grid.tokens()));
            samples.add(IntStream.range(0, heads)
                    .mapToObj(head -> (List<float[]>) new ArrayList<float[]>())
                    .toList());
        }
        for (int row = 0; row < batch.size(); row++) {
            for (int token : chosen(batch.clipIndices()[row], tokens)) {
                for (int head = 0; head < heads; head++) {
                    float[] sample = new float[width];
                    System.arraycopy(values, ((row * heads + head) * tokens + token) * width, sample, 0, width);
                    samples.get(block).get(head).add(sample);
                }
            }
        }
    }

    /** The first ones of a shuffled row of tokens. */
    private int[] chosen(int clip, int tokens) {
        SplittableRandom random = Seeds.random(seed, "analysis tokens", clip);
        int[] order = IntStream.range(0, tokens).toArray();
        int count = Math.min(tokensPerClip, tokens);
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(tokens - i);
            int token = order[other];
            order[other] = order[i];
            order[i] = token;
        }
        return IntStream.of(order).limit(count).toArray();
    }

    /** Number of blocks that were seen. */
    public int blocks() {
        return samples.size();
    }

    /** What the features of a block are about. */
    public Layout layout(int block) {
        return layouts.get(block);
    }

    /** The heads of a block, prepared for comparison. */
    public List<Pwcca.Side> heads(int block) {
        return IntStream.range(0, layouts.get(block).heads())
                .mapToObj(head -> new Pwcca.Side(features(block, head)))
                .toList();
    }

    /** What a head gave, (width, samples): clip after clip, the tokens of a clip in the order in which they were drawn. */
    double[][] features(int block, int head) {
        List<float[]> taken = samples.get(block).get(head);
        double[][] features = new double[layouts.get(block).width()][taken.size()];
        for (int s = 0; s < taken.size(); s++) {
            for (int f = 0; f < features.length; f++) {
                features[f][s] = taken.get(s)[f];
            }
        }
        return features;
    }
}

package org.sslam.eval.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** PWCCA between heads: of one network with each other, and of one network at two stages. */
public final class HeadCorrelations {
    private HeadCorrelations() {}

    /** Every head with every head, block after block; the row's head is the weighting side. */
    public static double[][] matrix(HeadFeatures features, Pwcca.Variant variant) {
        List<Pwcca.Side> heads = new ArrayList<>();
        for (int block = 0; block < features.blocks(); block++) {
            heads.addAll(features.heads(block));
        }
        return IntStream.range(0, heads.size())
                .parallel()
                .mapToObj(row -> heads.stream()
                        .mapToDouble(column ->
                                Pwcca.of(heads.get(row), column, variant).value())
                        .toArray())
                .toArray(double[][]::new);
    }

    /**
     * For every block the mean over its heads of the correlation with the same head later in training.
     *
     * @throws IllegalArgumentException if the networks differ in blocks, heads or tokens, so that nothing corresponds
     */
    public static double[] withLater(HeadFeatures early, HeadFeatures late, Pwcca.Variant variant) {
        if (early.blocks() != late.blocks()) {
            throw new IllegalArgumentException(
                    "networks of " + early.blocks() + " and " + late.blocks() + " blocks cannot be compared");
        }
        for (int block = 0; block < early.blocks(); block++) {
            if (!early.layout(block).equals(late.layout(block))) {
                throw new IllegalArgumentException("block " + (block + 1) + " has " + early.layout(block)
                        + ", but that of the last stage " + late.layout(block)
                        + "; only stages of one network can be compared");
            }
        }
        return IntStream.range(0, early.blocks())
                .parallel()
                .mapToDouble(block -> mean(early.heads(block), late.heads(block), variant))
                .toArray();
    }

    private static double mean(List<Pwcca.Side> early, List<Pwcca.Side> late, Pwcca.Variant variant) {
        double sum = 0;
        for (int head = 0; head < early.size(); head++) {
            sum += Pwcca.of(early.get(head), late.get(head), variant).value();
        }
        return sum / early.size();
    }
}

package org.sslam.models.sslam;

import org.sslam.core.config.Key;

/** Sizes of the convolutional decoder; the defaults are the published ones. */
public record DecoderConfig(
        @Key(doc = "channels of the convolutions", value = "768") int dim,
        @Key(doc = "groups of each convolution, a divisor of its channels", value = "16") int groups,
        @Key(doc = "side of the kernel", value = "3") int kernel,
        @Key(doc = "number of convolutions", value = "6") int layers,
        @Key(doc = "standard deviation of the noise at masked positions", value = "0.01") double noiseStd,
        @Key(doc = "epsilon of the layer norms without weights", value = "1e-5") double normEps) {
    /** Checks that channels divide into groups. */
    public DecoderConfig {
        if (dim < 1 || groups < 1 || kernel < 1 || layers < 1) {
            throw new IllegalArgumentException("decoder dim, groups, kernel and layers must be positive");
        }
        if (dim % groups != 0) {
            throw new IllegalArgumentException(
                    "decoder dim " + dim + " is not a multiple of its " + groups + " groups; change one of them");
        }
    }

    /** The decoder of the published ViT-B. */
    public static DecoderConfig base() {
        return new DecoderConfig(768, 16, 3, 6, 0.01, 1e-5);
    }
}

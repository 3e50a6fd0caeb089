package org.sslam.models.sslam;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.sslam.core.nn.Init;
import org.sslam.core.nn.Linear;
import org.sslam.core.nn.Module;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.Ops;
import org.sslam.models.vit.PatchGrid;

/**
 * Convolutions over the patch grid that fill in masked positions.
 *
 * <pre>
 * y = GELU(LayerNorm(Conv(x)))        grouped, no affine in the norm
 * x = x + y if the channels agree, else y
 * </pre>
 *
 * <p>The grid stays channels-last throughout: tokens are read and written without a transpose. Names {@code blocks.N.0}
 * and {@code proj}. Source: data2vec 2.0 / EAT Decoder2d; SSLAM paper, section 4.1.
 */
public final class CnnDecoder extends Module {
    private final List<Convolution> convolutions = new ArrayList<>();
    private final Linear proj;
    private final DecoderConfig config;

    private record Convolution(Parameter weight, Parameter bias, boolean residual) {}

    /** Sees each layer's output, (B, G, W, C). */
    @FunctionalInterface
    public interface LayerListener {
        /** Called after layer {@code index}, from 0. */
        void layer(int index, NDArray outBGWC);
    }

    /**
     * @param embedDim width D of the tokens in and out
     */
    public CnnDecoder(Init init, DecoderConfig config, int embedDim) {
        this.config = config;
        int in = embedDim;
        for (int i = 0; i < config.layers(); i++) {
            if (in % config.groups() != 0) {
                throw new IllegalArgumentException(
                        "embedDim " + in + " is not a multiple of the decoder's " + config.groups() + " groups");
            }
            int fanIn = in / config.groups() * config.kernel() * config.kernel();
            double bound = 1 / Math.sqrt(fanIn);
            String name = "blocks." + i + ".0.";
            convolutions.add(new Convolution(
                    parameter(
                            name + "weight",
                            init.uniform(bound, config.dim(), in / config.groups(), config.kernel(), config.kernel())),
                    parameter(name + "bias", init.uniform(bound, config.dim())),
                    in == config.dim()));
            in = config.dim();
        }
        this.proj = child("proj", Linear.uniform(init, config.dim(), embedDim));
    }

    /** The sizes. */
    public DecoderConfig config() {
        return config;
    }

    /** All convolutions: (R, L, D) to (R, L, C). */
    public NDArray convolve(Ops ops, NDArray tokensRLD, PatchGrid grid, LayerListener listener) {
        Shape s = tokensRLD.getShape();
        NDArray x = tokensRLD.reshape(s.get(0), grid.time(), grid.frequency(), s.get(2));
        for (int i = 0; i < convolutions.size(); i++) {
            NDArray next = layer(ops, x, convolutions.get(i));
            listener.layer(i, next);
            x.close();
            x = next;
        }
        try (NDArray last = x) {
            return last.reshape(s.get(0), s.get(1), config.dim());
        }
    }

    /** Convolutions without a listener. */
    public NDArray convolve(Ops ops, NDArray tokensRLD, PatchGrid grid) {
        return convolve(ops, tokensRLD, grid, (index, out) -> {});
    }

    /** The last linear map: (..., C) to (..., D). */
    public NDArray project(Ops ops, NDArray x) {
        return proj.forward(ops, x);
    }

    private NDArray layer(Ops ops, NDArray xBGWC, Convolution c) {
        try (NDArray raw = ops.gridConv(xBGWC, c.weight.value(), c.bias.value(), config.groups())) {
            NDArray y = ops.normGelu(raw, config.normEps());
            if (!c.residual) {
                return y;
            }
            try (y) {
                return y.add(xBGWC);
            }
        }
    }
}

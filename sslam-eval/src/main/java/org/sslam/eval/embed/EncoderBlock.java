package org.sslam.eval.embed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.sslam.core.UserException;
import org.sslam.core.engine.GradMode;
import org.sslam.core.ops.Ops;
import org.sslam.models.encoder.AudioEncoder;

/**
 * A frozen encoder as a DJL block: log-mels (W, 1, T, F) to pooled vectors (W, K), a batch of windows at a time.
 *
 * <p>Its weights belong to the model's manager and stand in no parameter list of DJL: it can be used and closed, not
 * trained or saved. Made by {@link EncoderBlockFactory}. Thread-safe, as DJL expects of a block in prediction.
 */
public final class EncoderBlock extends AbstractBlock {
    private static final byte VERSION = 1;

    private final AudioEncoder encoder;
    private final EmbedOptions options;
    private final WindowPlan plan;
    private final int layer;
    private final Ops ops;

    EncoderBlock(AudioEncoder encoder, EmbedOptions options, Ops ops) {
        super(VERSION);
        this.encoder = encoder;
        this.options = options;
        this.plan = WindowPlan.of(encoder, options);
        if (plan.chunked()) {
            throw new UserException("encoders of the family " + encoder.family()
                    + " normalise a sound as a whole, which a DJL model cannot; use the class Embedder");
        }
        this.layer = Embedder.layer(encoder, options);
        this.ops = ops;
    }

    WindowPlan plan() {
        return plan;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> more) {
        NDArray x = inputs.singletonOrThrow();
        long windows = x.getShape().get(0);
        return GradMode.off(() -> {
            NDList vectors = new NDList();
            for (long from = 0; from < windows; from += options.batchSize()) {
                long to = Math.min(windows, from + options.batchSize());
                vectors.add(vectors(x, from, to));
            }
            return new NDList(NDArrays.concat(vectors));
        });
    }

    /** Windows from .. to; nothing but their vectors stays, of which a view would keep all tokens alive. */
    private NDArray vectors(NDArray x, long from, long to) {
        try (NDManager pass = x.getManager().newSubManager()) {
            NDArray part = x.get(new NDIndex("{}:{}", from, to));
            part.attach(pass);
            NDArray kept = EncoderPass.forward(encoder, ops, part, layer, options.pooling(encoder))
                    .duplicate();
            kept.attach(x.getManager());
            return kept;
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        int frames = (int) inputShapes[0].get(2);
        return new Shape[] {
            new Shape(inputShapes[0].get(0), options.pooling(encoder).width(encoder, encoder.grid(frames)))
        };
    }
}

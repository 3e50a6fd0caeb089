package org.sslam.train.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.AdamWStep;
import org.sslam.core.ops.TensorLists;

/**
 * AdamW with saveable moments, in PyTorch's or fairseq's formula; see {@link AdamWStep} for the equations.
 *
 * <p>Decay acts on every parameter, as in the published runs, unless the configuration exempts tensors with one axis.
 */
public final class AdamW implements AutoCloseable {
    private static final String FIRST = "exp_avg.";
    private static final String SECOND = "exp_avg_sq.";

    private final NDManager manager;
    private final OptimizerConfig config;
    private final TensorLists lists;
    private final Group decayed = new Group();
    private final Group exempt = new Group();
    private final Map<String, NDArray> state = new LinkedHashMap<>();

    private static final class Group {
        final NDList data = new NDList();
        final NDList first = new NDList();
        final NDList second = new NDList();
        final List<String> names = new ArrayList<>();
    }

    /**
     * @param manager parent of the moments' memory
     * @param parameters what is optimised, by name
     */
    public AdamW(NDManager manager, Map<String, Parameter> parameters, OptimizerConfig config, TensorLists lists) {
        this.manager = manager.newSubManager();
        this.config = config;
        this.lists = lists;
        parameters.forEach((name, p) -> {
            boolean oneDim =
                    p.shape().dimension() <= 1 || p.shape().size() == p.shape().tail();
            Group group = config.noDecayOneDim() && oneDim ? exempt : decayed;
            group.names.add(name);
            group.data.add(p.data());
            group.first.add(moment(FIRST + name, p));
            group.second.add(moment(SECOND + name, p));
        });
    }

    /**
     * One update in place.
     *
     * @param gradients by parameter name
     * @param step number of this update, from 1
     * @param rate learning rate
     * @param gradientScale factor on every gradient
     */
    public void update(Map<String, NDArray> gradients, long step, double rate, double gradientScale) {
        apply(decayed, gradients, step, rate, config.weightDecay(), gradientScale);
        apply(exempt, gradients, step, rate, 0, gradientScale);
    }

    /** Both moments of every parameter, by name; what a checkpoint keeps. */
    public Map<String, NDArray> state() {
        return state;
    }

    @Override
    public void close() {
        manager.close();
    }

    private NDArray moment(String name, Parameter p) {
        NDArray zeros = manager.zeros(p.shape());
        state.put(name, zeros);
        return zeros;
    }

    private void apply(
            Group group, Map<String, NDArray> gradients, long step, double rate, double decay, double scale) {
        NDList ordered = new NDList();
        group.names.forEach(name -> ordered.add(gradients.get(name)));
        lists.adamw(
                group.data,
                ordered,
                group.first,
                group.second,
                new AdamWStep(
                        step, rate, config.beta1(), config.beta2(), config.eps(), config.epsPlacement(), decay, scale));
    }
}

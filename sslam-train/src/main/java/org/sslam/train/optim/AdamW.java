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
import org.sslam.core.ops.DeviceUpdate;
import org.sslam.core.ops.TensorLists;

/**
 * AdamW with saveable moments, in PyTorch's or fairseq's formula; see {@link AdamWStep} for the equations.
 *
 * <p>Parameters of equal learning-rate scale and decay form a group, updated by one call. Decay acts on every parameter,
 * as in SSLAM's published runs, unless the configuration exempts tensors with one axis, and tokens among them or not.
 */
public final class AdamW implements AutoCloseable {
    private static final String FIRST = "exp_avg.";
    private static final String SECOND = "exp_avg_sq.";

    private final NDManager manager;
    private final OptimizerConfig config;
    private final TensorLists lists;
    private final Map<Kind, Group> groups = new LinkedHashMap<>();
    private final Map<String, NDArray> state = new LinkedHashMap<>();

    private record Kind(double rateScale, boolean decayed) {}

    private static final class Group {
        final CosineSchedule schedule;
        final double decay;
        final NDList data = new NDList();
        final NDList first = new NDList();
        final NDList second = new NDList();
        final List<String> names = new ArrayList<>();

        Group(CosineSchedule schedule, double decay) {
            this.schedule = schedule;
            this.decay = decay;
        }
    }

    /**
     * @param manager parent of the moments' memory
     * @param parameters what is optimised, by name
     * @param scale factor of each parameter's peak rate
     */
    public AdamW(
            NDManager manager,
            Map<String, Parameter> parameters,
            RateScale scale,
            OptimizerConfig config,
            TensorLists lists) {
        this.manager = manager.newSubManager();
        this.config = config;
        this.lists = lists;
        parameters.forEach((name, p) -> {
            Group group = groups.computeIfAbsent(kind(name, p, scale), kind -> group(kind, scale.scalesFloor()));
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
     * @param finishedUpdates number of updates before this one; it decides the rates
     * @param gradientScale factor on every gradient
     */
    public void update(Map<String, NDArray> gradients, long finishedUpdates, double gradientScale) {
        groups.values().forEach(group -> {
            AdamWStep step = step(group, finishedUpdates, gradientScale);
            lists.adamw(group.data, ordered(group, gradients), group.first, group.second, step);
        });
    }

    /**
     * One update in place, scaled and decided about on the device.
     *
     * @param gradients by parameter name; may be changed
     * @param finishedUpdates number of updates before this one, those that did not go included
     * @param decision of {@link DeviceUpdate#decision}
     */
    public void update(Map<String, NDArray> gradients, long finishedUpdates, DeviceUpdate device, NDArray decision) {
        groups.values().forEach(group -> {
            AdamWStep step = step(group, finishedUpdates, 1);
            device.adamw(group.data, ordered(group, gradients), group.first, group.second, step, decision);
        });
    }

    /** The learning rate of parameters of scale 1. */
    public double rate(long finishedUpdates) {
        return config.schedule().rate(finishedUpdates);
    }

    /** The learning rate of one parameter. */
    double rate(String parameter, long finishedUpdates) {
        return groupOf(parameter).schedule.rate(finishedUpdates);
    }

    /** The decoupled decay of one parameter. */
    double decay(String parameter) {
        return groupOf(parameter).decay;
    }

    private Group groupOf(String parameter) {
        return groups.values().stream()
                .filter(group -> group.names.contains(parameter))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no parameter is called " + parameter));
    }

    /** Both moments of every parameter, by name; what a checkpoint keeps. */
    public Map<String, NDArray> state() {
        return state;
    }

    @Override
    public void close() {
        manager.close();
    }

    private Kind kind(String name, Parameter p, RateScale scale) {
        boolean oneDim = p.shape().dimension() <= 1;
        boolean token = !oneDim && p.shape().size() == p.shape().tail();
        boolean exempt = config.noDecayOneDim() && (oneDim || token && !config.decayTokens());
        return new Kind(scale.of(name), !exempt);
    }

    private Group group(Kind kind, boolean scalesFloor) {
        CosineSchedule schedule = config.schedule();
        return new Group(
                scalesFloor
                        ? schedule.scaled(kind.rateScale)
                        : schedule.withPeak(kind.rateScale * config.learningRate()),
                kind.decayed ? config.weightDecay() : 0);
    }

    private NDArray moment(String name, Parameter p) {
        NDArray zeros = manager.zeros(p.shape());
        state.put(name, zeros);
        return zeros;
    }

    private static NDList ordered(Group group, Map<String, NDArray> gradients) {
        NDList ordered = new NDList();
        group.names.forEach(name -> ordered.add(gradients.get(name)));
        return ordered;
    }

    private AdamWStep step(Group group, long finishedUpdates, double gradientScale) {
        return new AdamWStep(
                finishedUpdates + 1,
                group.schedule.rate(finishedUpdates),
                config.beta1(),
                config.beta2(),
                config.eps(),
                config.epsPlacement(),
                group.decay,
                gradientScale);
    }
}

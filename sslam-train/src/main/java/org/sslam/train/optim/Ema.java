package org.sslam.train.optim;

import ai.djl.ndarray.NDList;
import java.util.Map;
import org.sslam.core.nn.Module;
import org.sslam.core.nn.Parameter;
import org.sslam.core.ops.TensorLists;

/**
 * The teacher as a moving average of the student: {@code teacher = tau teacher + (1 - tau) student}, in float32.
 *
 * <p>What the teacher has no tensor for (the decoder) is not averaged.
 */
public final class Ema {
    private final NDList teacher = new NDList();
    private final NDList student = new NDList();
    private final TensorLists lists;

    /**
     * Pairs tensors by name.
     *
     * @throws IllegalArgumentException if the student lacks one of the teacher's parameters
     */
    public Ema(Module teacher, Module student, TensorLists lists) {
        Map<String, Parameter> source = student.parameters();
        teacher.parameters().forEach((name, p) -> {
            Parameter match = source.get(name);
            if (match == null || !match.shape().equals(p.shape())) {
                throw new IllegalArgumentException("the student has no tensor " + name + " of shape " + p.shape());
            }
            this.teacher.add(p.data());
            this.student.add(match.data());
        });
        this.lists = lists;
    }

    /** One step of the average. */
    public void update(double decay) {
        lists.lerp(teacher, student, 1 - decay);
    }

    /** Makes the teacher equal to the student. */
    public void copyStudent() {
        lists.copy(teacher, student);
    }
}

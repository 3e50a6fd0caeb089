package org.sslam.core.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/** List updates in plain array calls: the reference that the scripted ones are tested against. */
public final class ArrayTensorLists implements TensorLists {
    @Override
    public void lerp(NDList a, NDList b, double weight) {
        for (int i = 0; i < a.size(); i++) {
            try (NDArray difference = b.get(i).sub(a.get(i));
                    NDArray part = difference.mul(weight)) {
                a.get(i).addi(part);
            }
        }
    }

    @Override
    public void copy(NDList to, NDList source) {
        for (int i = 0; i < to.size(); i++) {
            source.get(i).copyTo(to.get(i));
        }
    }

    @Override
    public float globalNorm(NDList x) {
        double sum = 0;
        for (NDArray a : x) {
            try (NDArray square = a.mul(a);
                    NDArray total = square.sum()) {
                sum += total.getFloat();
            }
        }
        return (float) Math.sqrt(sum);
    }

    @Override
    public void adamw(NDList parameters, NDList gradients, NDList first, NDList second, AdamWStep step) {
        for (int i = 0; i < parameters.size(); i++) {
            try (NDManager scratch = parameters.get(i).getManager().newSubManager()) {
                NDArray g = gradients.get(i);
                g.tempAttach(scratch);
                NDArray m = first.get(i);
                NDArray v = second.get(i);
                m.muli(step.beta1()).addi(g.mul(step.firstGain()));
                v.muli(step.beta2()).addi(g.mul(g).mul(step.secondGain()));
                v.tempAttach(scratch);
                NDArray change = v.sqrt().add(step.scaledEps()).pow(-1).mul(m).mul(step.rateOnMoments());
                parameters.get(i).muli(step.keep()).addi(change);
            }
        }
    }
}

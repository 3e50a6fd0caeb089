package org.sslam.core.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.List;
import org.sslam.core.engine.Tensors;

/**
 * The operators spelled out in plain array calls, in float32: the reference that the fused ones are tested against, and
 * the way out where scripts cannot be loaded. Slower, and it keeps its intermediates until their manager closes.
 */
public final class ArrayOps implements Ops {
    private static final double LEAST_TAU = 0.01;
    private static final double LEAST_LENGTHS = 1e-6;
    private static final double GELU_CUBIC = 0.044715;
    private static final double LIN_SOFTMAX_SHIFT = 1e-6;

    @Override
    public NDArray linear(NDArray x, NDArray w, NDArray b) {
        return x.matMul(w.transpose()).add(b);
    }

    @Override
    public NDArray attention(NDArray xBND, NDArray wQkv, NDArray bQkv, NDArray wOut, NDArray bOut, int heads) {
        long batch = xBND.getShape().get(0);
        long tokens = xBND.getShape().get(1);
        long dim = xBND.getShape().get(2);
        long width = dim / heads;
        NDArray qkv = linear(xBND, wQkv, bQkv)
                .reshape(batch, tokens, 3, heads, width)
                .transpose(2, 0, 3, 1, 4)
                .reshape(3, batch * heads, tokens, width);
        NDArray q = scale(qkv.get(0), 1 / Math.sqrt(width));
        NDArray weights = q.batchMatMul(qkv.get(1).transpose(0, 2, 1)).softmax(-1);
        NDArray joined = weights.batchMatMul(qkv.get(2))
                .reshape(batch, heads, tokens, width)
                .transpose(0, 2, 1, 3)
                .reshape(batch, tokens, dim);
        return linear(joined, wOut, bOut);
    }

    @Override
    public NDArray windowAttention(NDArray qkvBN3D, WindowGrid windows, NDArray tauH, NDArray biasWHnn) {
        long batch = qkvBN3D.getShape().get(0);
        long heads = tauH.size();
        long width = qkvBN3D.getShape().get(2) / (3 * heads);
        long[] scores = {batch, windows.count(), heads, windows.cells(), windows.cells()};
        NDArray parts = qkvBN3D.reshape(
                        batch, windows.down(), windows.height(), windows.across(), windows.width(), 3, heads, width)
                .transpose(5, 0, 1, 3, 6, 2, 4, 7)
                .reshape(3, batch * windows.count() * heads, windows.cells(), width);
        NDArray q = parts.get(0);
        NDArray k = parts.get(1);
        NDArray products = q.batchMatMul(k.transpose(0, 2, 1));
        NDArray lengths = length(q).batchMatMul(length(k).transpose(0, 2, 1));
        NDArray tau = tauH.maximum(scalar(tauH, LEAST_TAU)).reshape(1, 1, heads, 1, 1);
        NDArray cosines = products.div(lengths.maximum(scalar(lengths, LEAST_LENGTHS)));
        NDArray weights =
                cosines.reshape(new Shape(scores)).div(tau).add(biasWHnn).softmax(-1);
        return weights.reshape(batch * windows.count() * heads, windows.cells(), windows.cells())
                .batchMatMul(parts.get(2))
                .reshape(batch, windows.down(), windows.across(), heads, windows.height(), windows.width(), width)
                .transpose(0, 1, 4, 2, 5, 3, 6)
                .reshape(batch, windows.count() * windows.cells(), heads * width);
    }

    @Override
    public NDArray attention(
            NDArray xBND, NDArray wQkv, NDArray bQkv, NDArray wOut, NDArray bOut, List<HeadGroup> groups) {
        long batch = xBND.getShape().get(0);
        long tokens = xBND.getShape().get(1);
        long dim = xBND.getShape().get(2);
        long width = dim / groups.stream().mapToInt(HeadGroup::heads).sum();
        NDArray qkv = linear(xBND, wQkv, bQkv).reshape(batch, tokens, 3, dim);
        NDList outputs = new NDList();
        long first = 0;
        for (HeadGroup group : groups) {
            long heads = group.heads();
            NDArray own = qkv.get(new NDIndex(":, :, :, {}:{}", first, first + heads * width))
                    .reshape(batch * tokens / group.chunk(), group.chunk(), 3, heads, width)
                    .transpose(2, 0, 3, 1, 4);
            NDArray scores =
                    scale(own.get(0), 1 / Math.sqrt(width)).matMul(own.get(1).transpose(0, 1, 3, 2));
            NDArray biased = group.biasHCC().map(scores::add).orElse(scores);
            outputs.add(
                    biased.softmax(-1).matMul(own.get(2)).transpose(0, 2, 1, 3).reshape(batch, tokens, heads * width));
            first += heads * width;
        }
        // The engine joins a single array by copying it, and a copy has no gradient.
        NDArray joined = outputs.size() == 1 ? outputs.get(0) : NDArrays.concat(outputs, 2);
        return linear(joined, wOut, bOut);
    }

    @Override
    public NDArray mlp(NDArray x, NDArray w1, NDArray b1, NDArray w2, NDArray b2, Gelu gelu) {
        NDArray hidden = linear(x, w1, b1);
        return linear(gelu == Gelu.ERF ? gelu(hidden) : geluTanh(hidden), w2, b2);
    }

    @Override
    public NDArray layerNorm(NDArray x, NDArray w, NDArray b, double eps) {
        return layerNorm(x, eps).mul(w).add(b);
    }

    @Override
    public NDArray addLayerNorm(NDArray x, NDArray y, NDArray w, NDArray b, double eps) {
        return layerNorm(x.add(y), w, b, eps);
    }

    @Override
    public NDArray layerNorm(NDArray x, double eps) {
        int last = x.getShape().dimension() - 1;
        NDArray centred = x.sub(x.mean(new int[] {last}, true));
        NDArray variance = centred.mul(centred).mean(new int[] {last}, true);
        return centred.div(variance.add(scalar(variance, eps)).sqrt());
    }

    @Override
    public NDArray instanceNorm(NDArray xBND, double eps) {
        NDArray centred = xBND.sub(xBND.mean(new int[] {1}, true));
        NDArray variance = centred.mul(centred).mean(new int[] {1}, true);
        return centred.div(variance.add(scalar(variance, eps)).sqrt());
    }

    @Override
    public void addInstanceNorm(NDArray totalBND, NDArray xBND, double eps) {
        totalBND.addi(instanceNorm(xBND, eps));
    }

    @Override
    public NDArray patchEmbed(NDArray x, NDArray w, NDArray b, int stride) {
        NDArray y = convolution(x, w, b, stride, 0, 1);
        Shape s = y.getShape();
        return y.reshape(s.get(0), s.get(1), s.get(2) * s.get(3)).transpose(0, 2, 1);
    }

    @Override
    public NDArray gridConv(NDArray xBGWC, NDArray w, NDArray b, int groups) {
        long kernel = w.getShape().get(2);
        NDArray y = convolution(xBGWC.transpose(0, 3, 1, 2), w, b, 1, kernel / 2, groups)
                .transpose(0, 2, 3, 1);
        return kernel % 2 == 1 ? y : y.get(":, :-1, :-1");
    }

    @Override
    public NDArray normGelu(NDArray x, double eps) {
        return gelu(layerNorm(x, eps));
    }

    @Override
    public NDArray takeRows(NDArray x, NDArray index) {
        return x.take(rowCells(index, x)).reshape(withRows(x, index.size()));
    }

    @Override
    public NDArray placeRows(NDArray base, NDArray index, NDArray rows) {
        long width = base.size() / base.getShape().get(0);
        NDArray cells = index.reshape(-1, 1).broadcast(index.size(), width);
        NDArray flat = base.reshape(base.getShape().get(0), width);
        return flat.scatter(cells, rows.reshape(index.size(), width), 0).reshape(base.getShape());
    }

    @Override
    public NDArray scale(NDArray x, double factor) {
        return x.mul(scalar(x, factor));
    }

    @Override
    public NDArray linSoftmax(NDArray xBND) {
        NDArray x = xBND;
        NDArray tail = x.abs().neg().exp().add(scalar(x, 1)).log();
        NDArray p = x.minimum(scalar(x, 0)).sub(tail);
        NDArray ratio = logSumExp(p.add(p)).sub(logSumExp(p.add(scalar(x, LIN_SOFTMAX_SHIFT))));
        NDArray s = ratio.minimum(scalar(x, 0));
        NDArray logit = s.sub(scalar(x, 1).sub(s.exp()).log());
        NDArray bad = logit.isNaN().logicalOr(logit.isInfinite());
        return NDArrays.where(bad, logit.zerosLike(), logit);
    }

    @Override
    public NDArray squaredError(NDArray x, NDArray y) {
        NDArray difference = x.sub(y);
        return difference.mul(difference).sum();
    }

    @Override
    public NDArray roll(NDArray x, int shift, int axis) {
        long length = x.getShape().get(axis);
        long cut = Math.floorMod(length - shift, length);
        if (cut == 0) {
            return scale(x, 1);
        }
        NDList parts = x.split(new long[] {cut}, axis);
        return NDArrays.concat(new NDList(parts.get(1), parts.get(0)), axis);
    }

    @Override
    public NDArray normal(NDArray like, Shape shape, double std) {
        return like.getManager().randomNormal(0f, (float) std, shape, like.getDataType());
    }

    @Override
    public NDArray columnDeviation(NDArray x, double eps) {
        long rows = x.getShape().get(0);
        NDArray centred = x.sub(x.mean(new int[] {0}, true));
        NDArray variance = scale(centred.mul(centred).sum(new int[] {0}), 1.0 / (rows - 1));
        return variance.add(scalar(variance, eps)).sqrt().mean();
    }

    private static NDArray length(NDArray x) {
        return x.mul(x).sum(new int[] {2}, true).sqrt();
    }

    private static NDArray logSumExp(NDArray xBND) {
        NDArray largest = xBND.max(new int[] {1}, true);
        NDArray sum = xBND.sub(largest).exp().sum(new int[] {1});
        return sum.log().add(largest.squeeze(1));
    }

    private NDArray gelu(NDArray x) {
        NDArray erf = scale(x, 1 / Math.sqrt(2)).erf();
        return scale(x.mul(erf.add(scalar(x, 1))), 0.5);
    }

    private NDArray geluTanh(NDArray x) {
        NDArray cubic = x.add(scale(x.mul(x).mul(x), GELU_CUBIC));
        return scale(x.mul(scale(cubic, Math.sqrt(2 / Math.PI)).tanh().add(scalar(x, 1))), 0.5);
    }

    private static NDArray convolution(NDArray x, NDArray w, NDArray b, int stride, long pad, int groups) {
        return Conv2d.conv2d(x, w, b, new Shape(stride, stride), new Shape(pad, pad), new Shape(1, 1), groups)
                .get(0);
    }

    /** Flat cell numbers of whole rows, since {@code take} looks cells up in the flattened array. */
    private static NDArray rowCells(NDArray index, NDArray x) {
        long width = x.size() / x.getShape().get(0);
        NDArray columns = index.getManager().arange(0f, width, 1f, index.getDataType());
        return index.reshape(-1, 1).mul(width).add(columns.reshape(1, -1));
    }

    /** A number that lives as long as x's manager: a graph may keep it. */
    private static NDArray scalar(NDArray x, double value) {
        return Tensors.of(x.getManager(), new float[] {(float) value}, new Shape());
    }

    private static Shape withRows(NDArray x, long rows) {
        long[] shape = x.getShape().getShape().clone();
        shape[0] = rows;
        return new Shape(shape);
    }
}

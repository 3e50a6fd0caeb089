package org.sslam.models.zoo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sslam.core.io.SafetensorsWriter;
import org.sslam.core.io.SafetensorsWriter.Tensor;
import org.sslam.models.vit.PatchGrid;
import org.sslam.models.vit.SinCosPositions;

/** The tensors of a very small SSLAM network as a published file has them, to be changed by a test. */
final class TinySslam {
    static final int WIDTH = 8;
    static final int PATCH = 2;
    static final int STEPS = 6;
    static final int BANDS = 3;

    private static final String BRANCH = "modality_encoders.IMAGE.";

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    TinySslam() {
        put(BRANCH + "extra_tokens", 1, 1, WIDTH);
        put(BRANCH + "local_encoder.proj.weight", WIDTH, 1, PATCH, PATCH);
        put(BRANCH + "local_encoder.proj.bias", WIDTH);
        put(BRANCH + "context_encoder.norm.weight", WIDTH);
        put(BRANCH + "context_encoder.norm.bias", WIDTH);
        positions(SinCosPositions.table(new PatchGrid(STEPS, BANDS), WIDTH));
        for (int block = 0; block < 2; block++) {
            String name = "blocks." + block + ".";
            for (String norm : List.of("norm1", "norm2")) {
                put(name + norm + ".weight", WIDTH);
                put(name + norm + ".bias", WIDTH);
            }
            linear(name + "attn.qkv", WIDTH, 3 * WIDTH);
            linear(name + "attn.proj", WIDTH, WIDTH);
            linear(name + "mlp.fc1", WIDTH, 2 * WIDTH);
            linear(name + "mlp.fc2", 2 * WIDTH, WIDTH);
        }
    }

    private void linear(String name, long in, long out) {
        put(name + ".weight", out, in);
        put(name + ".bias", out);
    }

    TinySslam positions(float[] values) {
        String name = BRANCH + "fixed_positional_encoder.positions";
        tensors.put(name, Tensor.of(name, values, 1, values.length / WIDTH, WIDTH));
        return this;
    }

    /** Puts a tensor of small distinct values in. */
    TinySslam put(String name, long... shape) {
        int count = 1;
        for (long length : shape) {
            count *= (int) length;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (name.hashCode() % 100 + i) / 128f;
        }
        tensors.put(name, Tensor.of(name, values, shape));
        return this;
    }

    TinySslam put(String name, float value, long... shape) {
        put(name, shape);
        Tensor tensor = tensors.get(name);
        tensor.littleEndianBytes().putFloat(0, value);
        return this;
    }

    TinySslam put(Tensor tensor) {
        tensors.put(tensor.name(), tensor);
        return this;
    }

    /** Puts a prefix before all names. */
    TinySslam below(String prefix) {
        List<Tensor> all = List.copyOf(tensors.values());
        tensors.clear();
        all.forEach(t -> put(new Tensor(prefix + t.name(), t.dtype(), t.shape(), t.littleEndianBytes())));
        return this;
    }

    TinySslam remove(String name) {
        tensors.remove(name);
        return this;
    }

    Path write(Path file) {
        SafetensorsWriter.write(file, Map.of(), new ArrayList<>(tensors.values()));
        return file;
    }
}

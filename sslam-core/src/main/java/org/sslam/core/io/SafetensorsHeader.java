package org.sslam.core.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A checked header.
 *
 * @param tensors by name, in the order of their bytes
 * @param metadata free text by key
 */
record SafetensorsHeader(Map<String, TensorInfo> tensors, Map<String, String> metadata) {
    static final String METADATA = "__metadata__";

    private static final Set<String> FIELDS = Set.of("dtype", "shape", "data_offsets");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static SafetensorsHeader parse(Path file, byte[] text, long dataBytes) {
        JsonNode root = json(file, text);
        Map<String, String> metadata = new LinkedHashMap<>();
        List<TensorInfo> tensors = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (entry.getKey().equals(METADATA)) {
                metadata.putAll(metadata(file, entry.getValue()));
            } else {
                tensors.add(tensor(file, entry.getKey(), entry.getValue()));
            }
        }
        tensors.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
        return new SafetensorsHeader(contiguous(file, tensors, dataBytes), metadata);
    }

    private static JsonNode json(Path file, byte[] text) {
        if (text.length == 0 || text[0] != '{') {
            throw Safetensors.damaged(file, "its header does not begin with '{'");
        }
        try {
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
            return JSON.readTree(decoded);
        } catch (CharacterCodingException e) {
            throw Safetensors.damaged(file, "its header is not UTF-8");
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage().replaceAll("\\s+", " ");
            throw Safetensors.damaged(file, "its header is not valid JSON (" + reason + ")");
        }
    }

    private static Map<String, String> metadata(Path file, JsonNode node) {
        if (!node.isObject()) {
            throw Safetensors.damaged(file, "its " + METADATA + " is not an object");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getValue().isTextual()) {
                throw Safetensors.damaged(file, "its metadata '" + entry.getKey() + "' is not a string");
            }
            metadata.put(entry.getKey(), entry.getValue().textValue());
        }
        return metadata;
    }

    private static TensorInfo tensor(Path file, String name, JsonNode node) {
        if (!node.isObject() || node.size() != FIELDS.size() || !FIELDS.stream().allMatch(node::has)) {
            throw tensorDamaged(file, name, "must have exactly dtype, shape and data_offsets");
        }
        DType dtype = dtype(file, name, node.get("dtype"));
        long[] shape = wholeNumbers(file, name, "shape", node.get("shape"));
        long[] offsets = wholeNumbers(file, name, "data_offsets", node.get("data_offsets"));
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw tensorDamaged(file, name, "has data_offsets " + node.get("data_offsets") + ", not [begin, end]");
        }
        long size = sizeInBytes(file, name, dtype, shape);
        if (size != offsets[1] - offsets[0]) {
            throw tensorDamaged(
                    file,
                    name,
                    "takes " + size + " bytes by its shape and " + (offsets[1] - offsets[0]) + " by its data_offsets");
        }
        return new TensorInfo(name, dtype, shape, offsets[0], offsets[1]);
    }

    private static DType dtype(Path file, String name, JsonNode node) {
        for (DType dtype : DType.values()) {
            if (node.isTextual() && dtype.name().equals(node.textValue())) {
                return dtype;
            }
        }
        throw tensorDamaged(file, name, "has the unknown dtype " + node);
    }

    private static long[] wholeNumbers(Path file, String name, String field, JsonNode node) {
        if (!node.isArray()) {
            throw tensorDamaged(file, name, "has a " + field + " that is not a list");
        }
        long[] numbers = new long[node.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode number = node.get(i);
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
                throw tensorDamaged(file, name, "has " + number + " in its " + field + ", not a size");
            }
            numbers[i] = number.longValue();
        }
        return numbers;
    }

    private static long sizeInBytes(Path file, String name, DType dtype, long[] shape) {
        try {
            long size = dtype.bytes();
            for (long length : shape) {
                size = Math.multiplyExact(size, length);
            }
            return size;
        } catch (ArithmeticException e) {
            throw tensorDamaged(file, name, "has a shape whose size overflows");
        }
    }

    private static Map<String, TensorInfo> contiguous(Path file, List<TensorInfo> byBegin, long dataBytes) {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        long position = 0;
        for (TensorInfo tensor : byBegin) {
            if (tensor.begin() < position) {
                throw tensorDamaged(file, tensor.name(), "overlaps the tensor before it");
            }
            if (tensor.begin() > position) {
                throw tensorDamaged(
                        file, tensor.name(), "leaves a hole of " + (tensor.begin() - position) + " bytes before it");
            }
            if (tensor.end() > dataBytes) {
                throw tensorDamaged(
                        file, tensor.name(), "ends at byte " + tensor.end() + " of " + dataBytes + " data bytes");
            }
            position = tensor.end();
            tensors.put(tensor.name(), tensor);
        }
        if (position != dataBytes) {
            throw Safetensors.damaged(file, (dataBytes - position) + " bytes follow the last tensor");
        }
        return tensors;
    }

    private static RuntimeException tensorDamaged(Path file, String name, String reason) {
        return Safetensors.damaged(file, "tensor '" + name + "' " + reason);
    }
}

package org.sslam.core.io;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.core.fuzz.Fuzz;
import org.sslam.core.fuzz.Mutation;
import org.sslam.core.fuzz.Mutations;
import org.sslam.core.fuzz.TensorFiles;

class SafetensorsFuzzTest {
    private static final List<String> WORDS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"dtype\":",
            "\"shape\":",
            "\"data_offsets\":",
            "\"__metadata__\":",
            "\"F32\"",
            "\"BF16\"",
            "\"I64\"",
            "\"BOOL\"",
            "\"U8\"",
            "\"w\":",
            "\\u0000",
            "\\ud800",
            "\n",
            "\"\\n\"",
            "true",
            "[0,0]",
            "{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}");

    @TempDir
    Path folder;

    private static byte[] file(SafetensorsWriter.Tensor... tensors) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafetensorsWriter.write(out, Map.of("made by", "a test"), List.of(tensors));
        return out.toByteArray();
    }

    private static SafetensorsWriter.Tensor tensor(String name, DType dtype, long... shape) {
        long elements = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return new SafetensorsWriter.Tensor(name, dtype, shape, ByteBuffer.allocate((int) elements * dtype.bytes()));
    }

    /** Damage inside the header, whose length is then right again. */
    private static byte[] withHeader(byte[] input, byte[] header) {
        int begin = Math.min(input.length, Safetensors.LENGTH_BYTES) + headerBytes(input);
        ByteBuffer file = ByteBuffer.allocate(Safetensors.LENGTH_BYTES + header.length + input.length - begin);
        file.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header);
        return file.put(input, begin, input.length - begin).array();
    }

    private static int headerBytes(byte[] input) {
        int rest = Math.max(0, input.length - Safetensors.LENGTH_BYTES);
        long claimed = rest == 0
                ? 0
                : ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return (int) Math.max(0, Math.min(claimed, rest));
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        byte[] several = file(
                tensor("a.weight", DType.F32, 3, 4),
                tensor("b", DType.BF16, 5),
                tensor("count", DType.I64),
                tensor("none", DType.F16, 0, 7),
                tensor("flags", DType.BOOL, 9));
        List<byte[]> headers = List.of(header(several), header(file(tensor("w", DType.F64, 2))));
        Mutation general =
                new Mutations(headers, WORDS.stream().map(String::getBytes).toList());
        Fuzz.Report report = Fuzz.of("safetensors")
                .seed(several)
                .seed(file(tensor("w", DType.F32, 1)))
                .seed(file())
                .words(WORDS.toArray(String[]::new))
                .mutation((input, random) -> withHeader(input, general.of(header(input), random)))
                .mutation((input, random) -> withHeader(input, general.of(header(input), random)))
                .run(folder, file -> TensorFiles.readAll(Safetensors.open(file)));
        assertTrue(report.reasons() > 20, report.toString());
    }

    private static byte[] header(byte[] input) {
        int begin = Math.min(input.length, Safetensors.LENGTH_BYTES);
        return Arrays.copyOfRange(input, begin, begin + headerBytes(input));
    }
}

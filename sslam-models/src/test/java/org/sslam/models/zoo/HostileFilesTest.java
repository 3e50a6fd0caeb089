package org.sslam.models.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sslam.core.UserException;
import org.sslam.core.io.flax.MessagePackBytes;
import org.sslam.core.io.torch.PickleBytes;

/** A corpus of hostile files: each is refused in one line, soon, with little memory, and leaves nothing behind. */
class HostileFilesTest {
    private static final int STORAGE_FLOATS = 768 * 192;
    private static final long MAX_ALLOCATED = 600L << 20;
    private static final byte[] PICKLE = PickleBytes.oneTensor(4, 0, new long[] {4}, 1);

    @TempDir
    Path folder;

    record Hostile(String name, byte[] content) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Hostile pickle(String name, PickleBytes pickle) {
        return new Hostile(name, zip(pickle.stop()));
    }

    private static byte[] zip(byte[] pickle) {
        return zip(pickle, new byte[16]);
    }

    private static byte[] zip(byte[] pickle, byte[] storage) {
        return PickleBytes.zip(Map.of("x/data.pkl", pickle, "x/data/0", storage));
    }

    private static Hostile safetensors(String name, String header, int dataBytes) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        return new Hostile(name, file.putLong(text.length).put(text).array());
    }

    private static Hostile flax(String name, MessagePackBytes content) {
        return new Hostile(name, content.bytes());
    }

    static Stream<Hostile> corpus() {
        return Stream.of(pickles(), zips(), tensors(), checkpoints(), networks())
                .flatMap(stream -> stream);
    }

    private static Stream<Hostile> pickles() {
        PickleBytes laughs = new PickleBytes().ops("}").raw('q', 0);
        for (int level = 1; level <= 40; level++) {
            laughs.ops("}(")
                    .text("a")
                    .raw('h', level - 1)
                    .text("b")
                    .raw('h', level - 1)
                    .ops("u")
                    .raw('q', level);
        }
        PickleBytes deep = new PickleBytes();
        for (int level = 0; level < 300_000; level++) {
            deep.ops("}").text("a");
        }
        deep.ops("N");
        for (int level = 0; level < 300_000; level++) {
            deep.ops("s");
        }
        PickleBytes memo = new PickleBytes().ops("N");
        for (int i = 0; i < 3_000_000; i++) {
            memo.raw('r').little(i);
        }
        byte[] objects = new byte[60 << 20];
        Arrays.fill(objects, (byte) '}');
        objects[0] = (byte) 0x80;
        objects[1] = 2;
        return Stream.of(
                pickle(
                        "reduce to os.system",
                        new PickleBytes()
                                .global("posix", "system")
                                .ops("(")
                                .text("touch owned")
                                .ops("tR")),
                pickle(
                        "reduce to eval by stack",
                        new PickleBytes()
                                .text("builtins")
                                .text("eval")
                                .raw(0x93)
                                .ops("(")
                                .text("1")
                                .ops("tR")),
                pickle(
                        "build on a foreign class",
                        new PickleBytes()
                                .global("torch.nn.modules.module", "Module")
                                .ops(")")
                                .raw(0x81)
                                .ops("}b")),
                pickle("instance opcode", new PickleBytes().ops("(").text("x").ops("ios\nsystem\n")),
                pickle("extension registry", new PickleBytes().raw(0x82, 1)),
                pickle("maps that multiply", laughs),
                pickle("maps 300,000 deep", deep),
                pickle("memo bomb", memo),
                pickle(
                        "map in itself",
                        new PickleBytes()
                                .ops("}")
                                .raw('q', 0)
                                .text("a")
                                .raw('h', 0)
                                .ops("s")),
                new Hostile("sixty million objects", zip(objects)),
                pickle("text of 4 GB", new PickleBytes().raw('X').little(-1)),
                pickle("bytes of 4 GB", new PickleBytes().raw('B').little(-2)),
                pickle("endless name", new PickleBytes().ops("c" + "a".repeat(1 << 20))));
    }

    private static Stream<Hostile> zips() {
        Map<String, byte[]> good = new LinkedHashMap<>();
        good.put("x/data.pkl", PICKLE);
        good.put("x/data/0", new byte[16]);
        Map<String, byte[]> slip = new LinkedHashMap<>(good);
        slip.put("../../../../owned", new byte[1]);
        Map<String, byte[]> bomb = new LinkedHashMap<>(good);
        bomb.put("x/data/1", new byte[64 << 20]);
        byte[] zip = PickleBytes.zip(good);
        int directory = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(zip.length - 6);
        byte[] overlapping = zip.clone();
        ByteBuffer.wrap(overlapping)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(directory + 46 + "x/data.pkl".length() + 42, 0);
        byte[] entries = zip.clone();
        ByteBuffer.wrap(entries).order(ByteOrder.LITTLE_ENDIAN).putShort(zip.length - 12, (short) -1);
        return Stream.of(
                new Hostile("zip slip", PickleBytes.zip(slip)),
                new Hostile("zip bomb", PickleBytes.zip(ZipEntry.DEFLATED, bomb)),
                new Hostile("overlapping zip entries", overlapping),
                new Hostile("more zip entries than there are", entries),
                new Hostile("cut zip", Arrays.copyOf(zip, zip.length - 40)),
                new Hostile("zip and nothing else", Arrays.copyOf(zip, 4)),
                new Hostile(
                        "TorchScript module",
                        PickleBytes.zip(Map.of("m/data.pkl", PICKLE, "m/code/__torch__.py", new byte[1]))));
    }

    private static Stream<Hostile> tensors() {
        return Stream.of(
                new Hostile("storage beyond the file", zip(PickleBytes.oneTensor(1 << 30, 0, new long[] {1}, 1))),
                new Hostile("negative size", zip(PickleBytes.oneTensor(4, 0, new long[] {-4}, 1))),
                new Hostile("negative offset", zip(PickleBytes.oneTensor(4, -4, new long[] {4}, 1))),
                new Hostile("negative storage", zip(PickleBytes.oneTensor(-1, 0, new long[] {0}, 1))),
                new Hostile("one value repeated to 8 GB", zip(PickleBytes.oneTensor(4, 0, new long[] {1L << 31}, 0))),
                new Hostile(
                        "sizes that overflow", zip(PickleBytes.oneTensor(4, 0, new long[] {1L << 32, 1L << 32}, 0, 0))),
                safetensors(
                        "overlapping safetensors",
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                                + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                        12),
                safetensors("NaN shape", "{\"a\":{\"dtype\":\"F32\",\"shape\":[NaN],\"data_offsets\":[0,4]}}", 4),
                safetensors("nested header", "{\"a\":" + "[".repeat(500_000), 0),
                safetensors(
                        "shape beyond the data",
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1000000000000],\"data_offsets\":[0,4000000000000]}}",
                        4),
                new Hostile("huge header", hugeHeader()));
    }

    /** A header that claims 90 MB, as the format allows. */
    private static byte[] hugeHeader() {
        ByteBuffer file = ByteBuffer.allocate(90_000_008).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.fill(file.array(), (byte) '[');
        return file.putLong(90_000_000).put((byte) '{').array();
    }

    private static Stream<Hostile> checkpoints() {
        MessagePackBytes deep = new MessagePackBytes().map(1).text("a");
        for (int i = 0; i < 1_000_000; i++) {
            deep.raw(0x91);
        }
        byte[] whole = new MessagePackBytes()
                .map(1)
                .text("params")
                .map(1)
                .text("w")
                .array(new float[100], 100)
                .bytes();
        return Stream.of(
                new Hostile("cut MessagePack", Arrays.copyOf(whole, whole.length - 10)),
                flax(
                        "array of four billion",
                        new MessagePackBytes().map(1).text("a").raw(0xDD).big(4, -1)),
                flax(
                        "map of four billion",
                        new MessagePackBytes().raw(0xDF).big(4, -1).text("a")),
                flax(
                        "extension of 4 GB",
                        new MessagePackBytes()
                                .map(1)
                                .text("a")
                                .raw(0xC9)
                                .big(4, -1)
                                .raw(1)),
                flax(
                        "array larger than its bytes",
                        new MessagePackBytes()
                                .map(1)
                                .text("a")
                                .extension(1, MessagePackBytes.payload("float32", new byte[4], 1L << 40))),
                flax("lists a million deep", deep),
                flax(
                        "unknown extension",
                        new MessagePackBytes().map(1).text("a").extension(77, new byte[4])));
    }

    /** Files that are well-formed, and whose names or tensors promise more than they hold. */
    private static Stream<Hostile> networks() {
        List<String> deep = new ArrayList<>(List.of(
                "modality_encoders.IMAGE.extra_tokens",
                "modality_encoders.IMAGE.local_encoder.proj.weight",
                "blocks.0.attn.qkv.weight",
                "blocks.999999.norm1.weight"));
        List<String> wide = new ArrayList<>(List.of(
                "params/patch_embed/proj/kernel",
                "params/pos_embed",
                "params/encoder_block_00/LayerNorm_0/scale",
                "params/encoder_norm/scale"));
        for (int i = 10; i < 400; i++) {
            wide.add("params/encoder_block_" + i + "/wmha_block/attn_heads_" + i + "/relative_position_bias_table");
            wide.add("params/encoder_block_" + i + "/LayerNorm_0/scale");
        }
        List<String> strangers = new ArrayList<>(deep.subList(0, 3));
        for (int i = 0; i < 20_000; i++) {
            strangers.add("x".repeat(100) + "/blocks." + i + ".norm1.weight");
        }
        return Stream.of(
                named("block number 999999", deep),
                named("blocks times heads", wide),
                named("twenty thousand left over", strangers),
                new Hostile("all tensors on one storage", zip(oneStorage(), new byte[STORAGE_FLOATS * 4])));
    }

    private static Hostile named(String name, List<String> tensors) {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < tensors.size(); i++) {
            header.append(String.format(
                    Locale.ROOT,
                    "%s\"%s\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}",
                    i == 0 ? "" : ",",
                    tensors.get(i),
                    4 * i,
                    4 * i + 4));
        }
        return safetensors(name, header.append('}').toString(), 4 * tensors.size());
    }

    /** An SSLAM network of 12 blocks, all of whose tensors begin at the same byte. */
    private static byte[] oneStorage() {
        Map<String, Long> sizes = Map.of("D", 192L, "P", 16L, "H", 768L, "rows", 512L, "depth", 12L);
        PickleBytes pickle = new PickleBytes().ops("}");
        Layout.of("sslam").expected(sizes, Set.of("encoder", "positions")).forEach((name, entry) -> {
            long[] shape = entry.shape().stream()
                    .mapToLong(size -> size.value(sizes).orElseThrow())
                    .toArray();
            long[] strides = new long[shape.length];
            long stride = 1;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                strides[axis] = stride;
                stride *= shape[axis];
            }
            pickle.text(name)
                    .tensor("FloatStorage", "0", STORAGE_FLOATS, 0, shape, strides)
                    .ops("s");
        });
        return pickle.stop();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void isRefused(Hostile hostile) throws IOException {
        Path file = Files.write(folder.resolve("file"), hostile.content());
        UserException refusal = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refused(file));
        assertTrue(refusal.getMessage().startsWith(file.toString()), refusal.getMessage());
        assertEquals(1, refusal.getMessage().lines().count(), refusal.getMessage());
        assertTrue(refusal.getMessage().length() < 1000, refusal.getMessage());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList(), "nothing but the file itself");
        }
    }

    private UserException refused(Path file) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        UserException refusal = assertThrows(
                UserException.class, () -> WeightImport.run(file, folder.resolve("out"), ImportOptions.none()));
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < MAX_ALLOCATED, allocated + " bytes allocated");
        return refusal;
    }
}

package org.sslam.audio.pack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sslam.audio.data.Clip;
import org.sslam.audio.data.ClipSource;
import org.sslam.audio.data.ClipSources;
import org.sslam.audio.data.ProgressListener;
import org.sslam.audio.data.TestSounds;
import org.sslam.audio.decode.AudioDecoders;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.output.PcmWav;
import org.sslam.audio.shard.ShardCodec;
import org.sslam.core.io.Hashes;

/** Small packed sets for tests. */
public final class PackedSounds {
    private PackedSounds() {}

    /** Real WAV files of noise that fades in, of different lengths, with labels and folds; clip 5 is broken. */
    public static ClipSource sounds(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        List<Clip> clips = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SplittableRandom random = new SplittableRandom(i);
            float[] wave = new float[8000 + 100 * (i % 7)];
            for (int j = 0; j < wave.length; j++) {
                wave[j] = (float) (0.5 * (random.nextDouble() - 0.5) * j / wave.length);
            }
            byte[] bytes = i == 5 ? "no sound".getBytes(StandardCharsets.US_ASCII) : PcmWav.encode(wave, 16_000);
            Path file = Files.write(folder.resolve("clip" + i + ".wav"), bytes);
            clips.add(new Clip("set/clip" + i, file, Set.of(i % 2 == 0 ? "even" : "odd"), OptionalInt.of(i % 3)));
        }
        return ClipSources.of("test sounds", clips);
    }

    /** Shards of at most a megabyte. */
    public static PackOptions options(ShardCodec codec, Optional<FrontEndConfig> logMel) {
        return new PackOptions(codec, 16_000, logMel, 1, OptionalLong.of(3));
    }

    public static ShardPacker.Summary pack(ClipSource source, Path output, PackOptions options) {
        return new ShardPacker(options, AudioDecoders.standard(), 2).pack(source, output, ProgressListener.NONE);
    }

    /** Many tiny clips in several shards, for tests of order. */
    public static Path tiny(Path folder, int count) throws IOException {
        ClipSource source = TestSounds.source(Files.createDirectories(folder.resolve("tiny")), count, 6000, Set.of());
        Path output = folder.resolve("tiny-shards");
        new ShardPacker(options(ShardCodec.PCM16, Optional.empty()), TestSounds.decoder(), 2)
                .pack(source, output, ProgressListener.NONE);
        return output;
    }

    /**
     * Changes one byte in a shard.
     *
     * @param member path of the member, as a clip has it
     * @param at which of its bytes, from its header on
     */
    public static void damage(Path member, int at) throws IOException {
        Path tar = member.getParent();
        byte[] bytes = Files.readAllBytes(tar);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf(member.getFileName().toString()) + at] ^= 4;
        Files.write(tar, bytes);
    }

    /** Every file's hash, but for the lock's. */
    static Map<String, String> hashes(Path folder) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                if (!file.getFileName().toString().equals("run.lock")) {
                    hashes.put(file.getFileName().toString(), Hashes.sha256(file));
                }
            }
        }
        return hashes;
    }
}

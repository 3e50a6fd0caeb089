package org.sslam.audio.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** A corpus of malformed and odd files, each with what must become of it. */
final class OddSounds {
    private static final int RATE = 16_000;
    private static final float[] SWEEP = Sounds.sweep(0.5, RATE);

    private final Map<String, Odd> kinds = new LinkedHashMap<>();

    /** Makes a file; throws what says that this machine cannot. */
    @FunctionalInterface
    interface Maker {
        void make(Path file) throws Exception;
    }

    /**
     * One kind.
     *
     * @param name of the file
     * @param maker of the file
     * @param refusal part of the reason it is refused for; empty if it is decoded
     * @param samples that it is decoded to; empty if it is refused, or if any number will do
     */
    record Odd(String name, Maker maker, String refusal, OptionalInt samples) {
        boolean isDecoded() {
            return refusal.isEmpty();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private OddSounds() {
        headers();
        lengths();
        samples();
        formats();
        otherFormats();
        places();
    }

    static Map<String, Odd> all() {
        return new OddSounds().kinds;
    }

    private void refused(String name, String reason, Maker maker) {
        kinds.put(name, new Odd(name, maker, reason, OptionalInt.empty()));
    }

    private void refused(String name, String reason, byte[] bytes) {
        refused(name, reason, file -> Files.write(file, bytes));
    }

    private void decoded(String name, int samples, Maker maker) {
        kinds.put(name, new Odd(name, maker, "", samples < 0 ? OptionalInt.empty() : OptionalInt.of(samples)));
    }

    private void decoded(String name, int samples, byte[] bytes) {
        decoded(name, samples, file -> Files.write(file, bytes));
    }

    private static WavFile wav() {
        return new WavFile().samples(SWEEP);
    }

    private static WavFile wav(float... samples) {
        return new WavFile().samples(samples);
    }

    private void headers() {
        byte[] whole = wav().bytes();
        refused("empty.wav", "0 bytes", new byte[0]);
        refused("four-bytes.wav", "truncated WAV", Arrays.copyOf(whole, 4));
        refused("half-a-header.wav", "truncated WAV", Arrays.copyOf(whole, 30));
        refused("header-only.wav", "0 samples", Arrays.copyOf(whole, 44));
        refused("no-samples.wav", "0 samples", wav(new float[0]).bytes());
        refused("no-data-chunk.wav", "no data chunk", Arrays.copyOf(whole, 36));
        refused("data-before-format.wav", "data before its format", dataFirst());
        refused("short-format-chunk.wav", "truncated WAV format chunk", shortFormat());
        refused("million-chunks.wav", "more than 10000 chunks", chunks(1 << 20));
        refused("huge-chunk-before.wav", "no format chunk", statedLength("LIST", 0x7FFFFFF0));
        refused("zeros.wav", "no known sound format", new byte[1 << 20]);
    }

    private void lengths() {
        decoded("truncated-data.wav", SWEEP.length / 2, Arrays.copyOf(wav().bytes(), 44 + SWEEP.length));
        decoded("stated-length-0.wav", SWEEP.length, wav().statedDataBytes(0).bytes());
        decoded(
                "stated-length-unknown.wav",
                SWEEP.length,
                wav().statedDataBytes(0xFFFFFFFFL).bytes());
        decoded(
                "stated-length-2g.wav",
                SWEEP.length,
                wav().statedDataBytes(0x7FFFFFFFL).bytes());
        decoded(
                "stated-length-half.wav",
                SWEEP.length,
                wav().statedDataBytes(SWEEP.length).bytes());
        decoded("odd-last-byte.wav", SWEEP.length - 1, Arrays.copyOf(wav().bytes(), 44 + 2 * SWEEP.length - 1));
        decoded(
                "rf64-lies.wav",
                SWEEP.length,
                wav().form("RF64")
                        .statedDataBytes(0xFFFFFFFFL)
                        .ds64DataBytes(1L << 60)
                        .bytes());
        decoded(
                "rf64-negative.wav",
                SWEEP.length,
                wav().form("RF64")
                        .statedDataBytes(0xFFFFFFFFL)
                        .ds64DataBytes(-5)
                        .bytes());
        refused("three-hours.wav", "longer than the limit of 3600 s", file -> sparse(file, 3L * 3600 * RATE * 2));
        decoded("one-sample-short.wav", 399, wav(Arrays.copyOf(SWEEP, 399)).bytes());
        decoded("one-sample.wav", 1, wav(0.5f).bytes());
    }

    private void samples() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 1e30f}) {
            float[] samples = SWEEP.clone();
            samples[1234] = bad;
            String what = Float.isNaN(bad) ? "not a number" : Float.isInfinite(bad) ? "infinite" : "absurdly large";
            refused(
                    "float-" + bad + ".wav",
                    "sample 1234 is " + what,
                    new WavFile().format(3, 32).samples(samples).bytes());
        }
        double[] doubles = new double[2000];
        doubles[77] = Double.NaN;
        refused("double-nan.wav", "sample 77 is not a number", doubles(doubles));
        decoded("silence.wav", 4000, wav(new float[4000]).bytes());
        float[] loud = SWEEP.clone();
        Arrays.fill(doubles, 0.1);
        for (int i = 0; i < loud.length; i++) {
            loud[i] *= 1000;
        }
        decoded(
                "far-above-full-scale.wav",
                loud.length,
                new WavFile().format(3, 32).samples(loud).bytes());
        decoded("double.wav", 2000, doubles(doubles));
    }

    private void formats() {
        refused("0-hz.wav", "sample rate 0 Hz", wav().rate(0).bytes());
        refused("7-hz.wav", "sample rate 7 Hz", wav().rate(7).bytes());
        refused("4-ghz.wav", "sample rate 4294967295 Hz", wav().rate(-1).bytes());
        decoded("384-khz.wav", SWEEP.length, wav().rate(384_000).bytes());
        decoded(
                "1-bit.wav",
                4000,
                new WavFile().format(1, 1).samples(Arrays.copyOf(SWEEP, 4000)).bytes());
        decoded(
                "24-bit.wav",
                SWEEP.length,
                new WavFile().format(1, 24).samples(SWEEP).bytes());
        refused("40-bit.wav", "no decoder", statedBits(40));
        refused("0-bit.wav", "no decoder", statedBits(0));
        refused("0-channels.wav", "0 channels", wav().channels(0).bytes());
        decoded("32-channels.wav", SWEEP.length / 32, wav().channels(32).bytes());
        refused("65-channels.wav", "65 channels", wav().channels(65).bytes());
        refused("65535-channels.wav", "65535 channels", wav().channels(65_535).bytes());
        byte[] blockAlign = wav().bytes();
        blockAlign[32] = 0;
        decoded("block-align-0.wav", SWEEP.length, blockAlign);
        decoded("extensible.wav", SWEEP.length, wav().extensible().bytes());
        refused(
                "extensible-unknown.wav",
                "no decoder",
                new WavFile().extensible().format(0x7777, 16).samples(SWEEP).bytes());
        refused(
                "unknown-codec.wav",
                "no decoder",
                new WavFile().format(0x1234, 16).samples(SWEEP).bytes());
        decoded(
                "big-endian.wav",
                SWEEP.length,
                new WavFile().form("RIFX").samples(SWEEP).bytes());
    }

    private void otherFormats() {
        decoded("wav-named.mp3", SWEEP.length, wav().bytes());
        decoded("flac-named.wav", SWEEP.length, flac());
        byte[] broken = flac();
        broken[broken.length - 300] ^= 0x55;
        decoded("flac-one-broken-crc.flac", -1, broken);
        byte[] scrambled = flac();
        fill(scrambled, 42, 3);
        refused("flac-all-broken.flac", "0 samples", scrambled);
        refused("flac-header-only.flac", "0 samples", Arrays.copyOf(flac(), 42));
        decoded("ogg-cut-in-a-page.ogg", -1, file -> {
            TestEncoder.encode(Sounds.sweep(3, 44_100), 44_100, 2, "vorbis", "ogg", file);
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length * 2 / 3 + 17));
        });
        byte[] noise = new byte[20_000];
        fill(noise, 0, 7);
        refused("noise.mp3", "no known sound format", noise);
        for (int i = 0; i < noise.length; i += 417) {
            noise[i] = (byte) 0xFF;
            noise[i + 1] = (byte) 0xFB;
        }
        refused("mp3-garbage.mp3", "no known sound format", noise);
        refused("id3-bomb.mp3", "no known sound format", id3(0x0FFFFFFF, 200));
        refused("id3-after-id3.mp3", "no known sound format", id3Chain(2000));
        refused(
                "words.wav",
                "no known sound format",
                "not a sound, just words\n".repeat(50).getBytes(StandardCharsets.UTF_8));
        refused(
                "playlist.wav",
                "no known sound format",
                "#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n".getBytes(StandardCharsets.UTF_8));
        refused("picture.wav", "no known sound format", new byte[] {
            (byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0
        });
        decoded("adpcm.wav", -1, file -> TestEncoder.encode(SWEEP, RATE, 1, "adpcm_ms", "wav", file));
    }

    private void places() {
        refused("folder.wav", "is a directory", Files::createDirectory);
        refused("loop.wav", "cannot be read", file -> Files.createSymbolicLink(file, file));
        refused(
                "link-to-nothing.wav",
                "no such file",
                file -> Files.createSymbolicLink(file, file.resolveSibling("gone.wav")));
        refused("never-there.wav", "no such file", file -> {});
        refused("unreadable.wav", "permission denied", file -> {
            wav().write(file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
            if (Files.isReadable(file)) {
                throw new UnsupportedOperationException("this user may read everything");
            }
        });
        refused("pipe.wav", "is not a regular file", file -> {
            if (new ProcessBuilder("mkfifo", file.toString()).start().waitFor() != 0) {
                throw new UnsupportedOperationException("no pipes here");
            }
        });
        decoded(".wav", SWEEP.length, wav().bytes());
        decoded("with space, 'quote' & \u00e4 #%41 [x].wav", SWEEP.length, wav().bytes());
        decoded("file:concat|a.flac", -1, flac());
        decoded("-i.flac", -1, flac());
    }

    static byte[] flac() {
        short[] samples = new short[SWEEP.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(SWEEP[i] * 32767);
        }
        return FlacEncoder.encode(samples, RATE);
    }

    private static void fill(byte[] bytes, int from, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = from; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(126) + 1);
        }
    }

    private static void sparse(Path file, long dataBytes) throws IOException {
        wav(new float[10]).statedDataBytes(0xFFFFFFFFL).write(file);
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.position(44 + dataBytes - 1);
            channel.write(ByteBuffer.allocate(1));
        }
    }

    private static byte[] doubles(double[] samples) {
        byte[] header =
                new WavFile().format(3, 64).samples(new float[samples.length]).bytes();
        ByteBuffer bytes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples.length; i++) {
            bytes.putDouble(44 + 8 * i, samples[i]);
        }
        return header;
    }

    private static byte[] statedBits(int bits) {
        byte[] bytes = wav().bytes();
        bytes[34] = (byte) bits;
        return bytes;
    }

    private static byte[] riff(int bytes) {
        return ByteBuffer.allocate(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(bytes - 8)
                .put("WAVE".getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private static byte[] dataFirst() {
        byte[] bytes = riff(100);
        System.arraycopy("data".getBytes(StandardCharsets.US_ASCII), 0, bytes, 12, 4);
        bytes[16] = 80;
        return bytes;
    }

    private static byte[] shortFormat() {
        byte[] bytes = riff(60);
        System.arraycopy("fmt \4\0\0\0\1\0\1\0data".getBytes(StandardCharsets.ISO_8859_1), 0, bytes, 12, 16);
        bytes[28] = 20;
        return bytes;
    }

    private static byte[] chunks(int count) {
        byte[] bytes = riff(12 + 8 * count);
        for (int i = 0; i < count; i++) {
            bytes[12 + 8 * i] = 'J';
        }
        return bytes;
    }

    private static byte[] statedLength(String id, int length) {
        byte[] bytes = wav().chunkBefore(id, new byte[20]).bytes();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(16, length);
        return bytes;
    }

    /** A tag that states more bytes than there are. */
    private static byte[] id3(int stated, int actual) {
        byte[] tag = new byte[10 + actual];
        byte[] head = {
            'I',
            'D',
            '3',
            4,
            0,
            0,
            (byte) (stated >> 21 & 0x7F),
            (byte) (stated >> 14 & 0x7F),
            (byte) (stated >> 7 & 0x7F),
            (byte) (stated & 0x7F)
        };
        System.arraycopy(head, 0, tag, 0, head.length);
        return tag;
    }

    private static byte[] id3Chain(int tags) {
        byte[] one = id3(0, 0);
        byte[] all = new byte[tags * one.length];
        for (int i = 0; i < tags; i++) {
            System.arraycopy(one, 0, all, i * one.length, one.length);
        }
        return all;
    }
}

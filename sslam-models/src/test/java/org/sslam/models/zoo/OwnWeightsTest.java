package org.sslam.models.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sslam.audio.augment.Gain;
import org.sslam.audio.augment.NoiseKind;
import org.sslam.audio.feature.AugmentConfig;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.FrontEndKind;
import org.sslam.audio.feature.LengthPolicy;
import org.sslam.core.io.Safetensors;
import org.sslam.core.io.SafetensorsFile;
import org.sslam.core.nn.Init;
import org.sslam.core.run.Provenance;
import org.sslam.models.audiomae.AudioMae;
import org.sslam.models.audiomae.AudioMaeConfig;
import org.sslam.models.audiomae.AudioMaeEncoder;
import org.sslam.models.audiomae.AudioMaeFiles;
import org.sslam.models.audiomae.DecoderConfig;
import org.sslam.models.encoder.ModelFolder;
import org.sslam.models.mwmae.Mwmae;
import org.sslam.models.mwmae.MwmaeConfig;
import org.sslam.models.mwmae.MwmaeEncoder;
import org.sslam.models.mwmae.MwmaeFiles;
import org.sslam.models.sslam.EncoderFiles;
import org.sslam.models.sslam.SslamConfig;
import org.sslam.models.sslam.SslamEncoder;
import org.sslam.models.vit.PatchNorm;

/** What this program trains goes out under published names and comes in again as it was. */
class OwnWeightsTest {
    private static final int BINS = 16;

    @TempDir
    Path folder;

    private static FrontEndConfig frontEnd(int frames, boolean training) {
        return new FrontEndConfig(
                FrontEndKind.KALDI,
                16000,
                BINS,
                frames,
                -5.5,
                3.25,
                LengthPolicy.REPEAT,
                25,
                10,
                30,
                7000,
                training,
                training,
                training ? new AugmentConfig(Gain.UNIFORM_DB, NoiseKind.SNR20, 2, 4) : AugmentConfig.standard());
    }

    private static FrontEndConfig ofEachClip(int frames, boolean training) {
        return new FrontEndConfig(
                FrontEndKind.TORCHAUDIO,
                16000,
                BINS,
                frames,
                0,
                1,
                LengthPolicy.RANDOM_CROP,
                25,
                10,
                50,
                8000,
                training,
                false,
                AugmentConfig.standard());
    }

    /** Exports a folder and imports the export. */
    private Path roundTrip(Path own, ImportOptions options) throws IOException {
        Path exported = folder.resolve("exported");
        try (WeightFile file = WeightFile.open(own)) {
            String summary = WeightSummary.of(file).text(false);
            assertTrue(summary.contains("written by this library"), summary);
            assertFalse(summary.contains("other: "), summary);
        }
        Provenance run = new Provenance("0.1", "c0ffee", "da7a", 7, "cpu", Map.of(), Instant.EPOCH);
        Files.writeString(own.resolveSibling("provenance.json"), run.toJson());
        WeightExport.run(own, exported, Optional.empty(), Map.of("licence", "CC0"));
        String card = Files.readString(exported.resolve("README.md"));
        for (String said : List.of(
                "trained with this library",
                "clips whose content hash is da7a",
                "| Licence | CC0 |",
                "| configuration | c0ffee |",
                "| started | 1970-01-01T00:00:00Z |")) {
            assertTrue(card.contains(said), said + " in " + card);
        }
        assertFalse(card.contains("rollAndMagnitude"), "settings of training are no part of the input");
        assertFalse(card.contains("published weights"));
        assertFalse(Files.readString(exported.resolve("config.json")).contains("rollAndMagnitude"));
        Path again = folder.resolve("again");
        WeightImport.run(exported, again, options);
        sameTensors(own, again);
        return again;
    }

    private static void sameTensors(Path one, Path other) {
        try (SafetensorsFile before = Safetensors.open(one.resolve(ModelFolder.WEIGHTS));
                SafetensorsFile after = Safetensors.open(other.resolve(ModelFolder.WEIGHTS))) {
            assertEquals(before.names(), after.names());
            for (String name : before.names()) {
                assertArrayEquals(before.shape(name), after.shape(name), name);
                assertArrayEquals(before.floats(name), after.floats(name), name);
            }
        }
    }

    @Test
    void sslamComesBack() throws IOException {
        SslamConfig config = new SslamConfig(
                16, 2, 2, 2, 4, 6, 1e-5, new org.sslam.models.sslam.DecoderConfig(8, 2, 3, 2, 0.02, 1e-4));
        Path own = folder.resolve("own");
        try (NDManager manager = NDManager.newBaseManager()) {
            EncoderFiles.save(own, new SslamEncoder(new Init(manager), config, BINS), frontEnd(20, true));
            EncoderFiles.Loaded back = EncoderFiles.load(manager, roundTrip(own, ImportOptions.none()));
            assertEquals(config, back.encoder().config());
            assertEquals(frontEnd(20, false), back.frontEnd());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4, REFERENCE, FIRST_ROWS, true",
        "4, REFERENCE, FIRST_ROWS, false",
        "4, ALIGNED, COLUMN_SLICE, true",
        "3, REFERENCE, FIRST_ROWS, true"
    })
    void audioMaeComesBack(
            int stride, AudioMaeConfig.PositionOrder order, AudioMaeConfig.ShorterClips shorter, boolean norm)
            throws IOException {
        AudioMaeConfig config = new AudioMaeConfig(
                16, 2, 2, 2, 4, stride, 32, order, shorter, 1e-5, decoder(DecoderConfig.Kind.HYBRID));
        Path own = folder.resolve("own");
        try (NDManager manager = NDManager.newBaseManager()) {
            AudioMaeEncoder encoder = new AudioMaeEncoder(new Init(manager), config, BINS, norm);
            AudioMaeFiles.save(own, encoder, frontEnd(20, true));
            AudioMaeFiles.Encoder back = AudioMaeFiles.loadEncoder(manager, roundTrip(own, ImportOptions.none()));
            assertEquals(config, back.encoder().config());
            assertEquals(frontEnd(20, false), back.frontEnd());
            assertEquals(norm, back.encoder().hasFinalNorm());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mwmaeComesBack(boolean cls) throws IOException {
        org.sslam.models.mwmae.DecoderConfig decoder = cls
                ? new org.sslam.models.mwmae.DecoderConfig(
                        8, 2, org.sslam.models.mwmae.DecoderConfig.Kind.PLAIN, List.of(), 4, false, false)
                : new org.sslam.models.mwmae.DecoderConfig(
                        8, 2, org.sslam.models.mwmae.DecoderConfig.Kind.MULTI_WINDOW, List.of(4, 0), 0, false, true);
        MwmaeConfig config =
                new MwmaeConfig(16, 2, 2, 2, 4, 8, cls, false, cls ? List.of() : List.of(2, 0), 1e-5, decoder);
        Path own = folder.resolve("own");
        try (NDManager manager = NDManager.newBaseManager()) {
            MwmaeFiles.save(
                    own, new MwmaeEncoder(new Init(manager), config, config.grid(16, BINS)), ofEachClip(16, true));
            MwmaeFiles.Loaded<MwmaeEncoder> back =
                    MwmaeFiles.loadEncoder(manager, roundTrip(own, ImportOptions.none()));
            assertEquals(config, back.model().config());
            assertEquals(ofEachClip(16, false), back.frontEnd());
        }
    }

    private static DecoderConfig decoder(DecoderConfig.Kind kind) {
        int heads = kind == DecoderConfig.Kind.GLOBAL ? 16 : 2;
        return new DecoderConfig(kind, 16, heads, 2, 3, 0, 0, DecoderConfig.Shift.TIME, 5, 0.1);
    }

    private Path whole(String description, Map<String, NDArray> state) throws IOException {
        Path own = folder.resolve("own");
        ModelFolder.write(own, (ObjectNode) ModelFolder.JSON.readTree(description), state, Map.of());
        return own;
    }

    @ParameterizedTest
    @EnumSource(DecoderConfig.Kind.class)
    void aDecoderOfAudioMaeIsKnownByItsTensors(DecoderConfig.Kind kind) throws IOException {
        AudioMaeConfig config = new AudioMaeConfig(
                16,
                2,
                2,
                2,
                4,
                4,
                32,
                AudioMaeConfig.PositionOrder.REFERENCE,
                AudioMaeConfig.ShorterClips.FIRST_ROWS,
                1e-6,
                decoder(kind));
        try (NDManager manager = NDManager.newBaseManager()) {
            AudioMae network = new AudioMae(new Init(manager), config, BINS);
            String description = AudioMaeFiles.describe(config, frontEnd(32, true), PatchNorm.NONE);
            Path own = whole(description, network.state());
            AudioMaeFiles.Whole kept =
                    AudioMaeFiles.loadWhole(manager, roundTrip(own, TinyOptions.of(OptionalInt.empty(), false, true)));
            assertEquals(PatchNorm.NONE, kept.targets());
            Files.delete(folder.resolve("exported/config.json"));
            Path alone = folder.resolve("alone");
            WeightImport.run(folder.resolve("exported"), alone, TinyOptions.of(OptionalInt.of(2), false, true));
            assertTrue(ModelFolderReader.isImportedNetwork(alone));
            sameTensors(own, alone);
            AudioMaeFiles.Whole back = AudioMaeFiles.loadWhole(manager, alone);
            DecoderConfig read = back.model().encoder().config().decoder();
            assertEquals(kind, read.kind());
            assertEquals(decoder(kind).numHeads(), read.numHeads());
            assertEquals(2, read.blockCount());
            assertEquals(kind == DecoderConfig.Kind.HYBRID ? 3 : 4, read.globalBlocks());
            assertEquals(PatchNorm.UNBIASED, back.targets());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDecoderOfMwmaeIsKnownByItsTables(boolean byRule) throws IOException {
        List<Integer> windows = byRule ? List.of() : List.of(4, 2, 0, 0);
        MwmaeConfig config = new MwmaeConfig(
                16,
                2,
                2,
                2,
                4,
                8,
                false,
                true,
                List.of(),
                1e-6,
                new org.sslam.models.mwmae.DecoderConfig(
                        8, 2, org.sslam.models.mwmae.DecoderConfig.Kind.MULTI_WINDOW, windows, 0, true, false));
        try (NDManager manager = NDManager.newBaseManager()) {
            Mwmae network = new Mwmae(new Init(manager), config, 16, BINS);
            Path own = whole(MwmaeFiles.describe(config, ofEachClip(16, true)), network.state());
            roundTrip(own, TinyOptions.of(OptionalInt.empty(), false, true));
            Files.delete(folder.resolve("exported/config.json"));
            Path alone = folder.resolve("alone");
            WeightImport.run(folder.resolve("exported"), alone, TinyOptions.of(OptionalInt.of(2), false, true));
            assertTrue(ModelFolderReader.isImportedNetwork(alone));
            sameTensors(own, alone);
            assertEquals(
                    config,
                    MwmaeFiles.loadWhole(manager, alone).model().encoder().config());
        }
    }
}

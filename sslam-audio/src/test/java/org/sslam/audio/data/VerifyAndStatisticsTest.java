package org.sslam.audio.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sslam.audio.decode.AudioDecoder;
import org.sslam.audio.decode.AudioException;
import org.sslam.audio.decode.DecodeLimits;
import org.sslam.audio.feature.FrontEndConfig;
import org.sslam.audio.feature.LogMel;
import org.sslam.audio.resample.Resampler;
import org.sslam.core.UserException;

class VerifyAndStatisticsTest {
    @TempDir
    Path folder;

    private ClipSource source(String... contents) throws IOException {
        List<Clip> clips = new ArrayList<>();
        for (int i = 0; i < contents.length; i++) {
            Path file = folder.resolve("c" + i);
            if (!contents[i].isEmpty()) {
                Files.writeString(file, contents[i]);
            }
            clips.add(Clip.unlabelled("c" + i, file));
        }
        return ClipSources.of("test clips", clips);
    }

    private VerifyReport verify(ClipSource source, int threads) {
        DataVerifier.Options options = new DataVerifier.Options(0.1, 2, 1e-4, threads, DecodeLimits.LONGEST_TIME);
        return new DataVerifier(TestSounds.decoder(), options).verify(source, ProgressListener.NONE);
    }

    @Test
    void everyKindOfProblemIsFoundAndCounted() throws IOException {
        ClipSource source = source(
                "16000 16000 1",
                "",
                "rubbish",
                "16000 100 2",
                "8000 80000 3",
                "16000 16000 silent",
                "16000 16000 1",
                "8000 8000 9");
        List<Integer> progress = new ArrayList<>();
        VerifyReport report = new DataVerifier(
                        TestSounds.decoder(), new DataVerifier.Options(0.1, 2, 1e-4, 3, DecodeLimits.LONGEST_TIME))
                .verify(source, (done, total) -> progress.add(done * 100 + total));
        assertEquals(
                Map.of(
                        DataProblem.Kind.MISSING, 1,
                        DataProblem.Kind.UNREADABLE, 1,
                        DataProblem.Kind.WRONG_LENGTH, 2,
                        DataProblem.Kind.SILENT, 1,
                        DataProblem.Kind.DUPLICATE, 1),
                report.counts());
        assertEquals(8, report.clips());
        assertEquals(2, report.soundClips());
        assertEquals(Map.of(16000, 4, 8000, 2), report.sampleRatesHz());
        assertEquals(3 + 100 / 16000.0 + 10 + 1, report.totalSeconds(), 1e-9);
        assertEquals(List.of(108, 208, 308, 408, 508, 608, 708, 808), progress);
        assertEquals("same bytes as c0", report.problems().get(5).detail());
        assertFalse(report.clean());
        assertEquals(2, report.toJson().path("counts").path("wrong-length").asInt());
        assertEquals("c1", report.toJson().path("problems").path(0).path("id").asText());
        assertEquals(64, report.contentHash().length());
    }

    @Test
    void hashesDependOnIdsAndBytesOnly() throws IOException {
        ClipSource source = source("16000 16000 1", "16000 16000 2", "16000 16000 3");
        List<Clip> reversed = new ArrayList<>(source.clips());
        Collections.reverse(reversed);
        ClipSource backwards = ClipSources.of("other name", reversed);
        String content = DataHash.content(source, 2, ProgressListener.NONE);
        assertEquals(content, DataHash.content(backwards, 1, ProgressListener.NONE));
        assertEquals(content, verify(source, 1).contentHash());
        assertEquals(content, verify(backwards, 2).contentHash());
        String quick = DataHash.quick(source);
        assertEquals(quick, DataHash.quick(backwards));

        Files.writeString(source.clip(1).path(), "16000 16000 7");
        assertNotEquals(content, DataHash.content(source, 2, ProgressListener.NONE));
        assertEquals(quick, DataHash.quick(source));
        Files.writeString(source.clip(1).path(), "16000 16000 77");
        assertNotEquals(quick, DataHash.quick(source));
    }

    @Test
    void statisticsAreAveragesOverBatchesOfPaddedLogMels() throws IOException, AudioException {
        int frames = 60;
        ClipSource source = source("16000 8000 1", "16000 16000 2", "rubbish", "16000 12000 3");
        LogMel.Options logMel = LogMel.Options.sslam();
        DataStatistics.Result result = new DataStatistics(
                        TestSounds.decoder(),
                        new DataStatistics.Options(logMel, frames, false, 2, 2, DecodeLimits.LONGEST_TIME))
                .compute(source, ProgressListener.NONE);
        double[] first = reference(List.of(source.clip(0), source.clip(1)), logMel, frames);
        double[] second = reference(List.of(source.clip(3)), logMel, frames);
        assertEquals((first[0] + second[0]) / 2, result.mean(), 1e-9);
        assertEquals((first[1] + second[1]) / 2, result.std(), 1e-9);
        assertEquals(3, result.clips());
        assertEquals(2, result.batches());
        assertEquals(1, result.unreadable().size());
        assertTrue(
                result.unreadable().get(0).contains("c2: not a sound"),
                result.unreadable().get(0));
    }

    @Test
    void nativeRateTakesTheLogMelUpToTheFilesOwnNyquist() throws IOException, AudioException {
        ClipSource source = source("44100 44100 5");
        LogMel.Options at16 = LogMel.Options.sslam();
        LogMel.Options at44 =
                new LogMel.Options(44_100, at16.bins(), at16.frameMs(), at16.hopMs(), at16.lowHz(), 22_050);
        double[] expected = reference(source.clips(), at44, 98);
        DataStatistics.Result own = new DataStatistics(
                        TestSounds.decoder(),
                        new DataStatistics.Options(at16, 98, true, 1000, 1, DecodeLimits.LONGEST_TIME))
                .compute(source, ProgressListener.NONE);
        assertEquals(expected[0], own.mean(), 1e-9);
        assertEquals(expected[1], own.std(), 1e-9);
        DataStatistics.Result resampled = new DataStatistics(
                        TestSounds.decoder(),
                        new DataStatistics.Options(at16, 98, false, 1000, 1, DecodeLimits.LONGEST_TIME))
                .compute(source, ProgressListener.NONE);
        double[] expectedResampled = reference(source.clips(), at16, 98);
        assertEquals(expectedResampled[0], resampled.mean(), 1e-9);
        assertTrue(Math.abs(own.mean() - resampled.mean()) > 0.01, "the rate must matter");
    }

    @Test
    void statisticsOfNothingAreRefused() throws IOException {
        ClipSource broken = source("rubbish", "");
        DataStatistics statistics =
                new DataStatistics(TestSounds.decoder(), DataStatistics.Options.standard(FrontEndConfig.audioSet()));
        String message = assertThrows(UserException.class, () -> statistics.compute(broken, ProgressListener.NONE))
                .getMessage();
        assertTrue(message.contains("no clip of test clips can be decoded"), message);
    }

    /** Mean and unbiased standard deviation, straight from the definition. */
    private static double[] reference(List<Clip> clips, LogMel.Options options, int frames) throws AudioException {
        List<Double> cells = new ArrayList<>();
        for (Clip clip : clips) {
            var wave = TestSounds.decoder().decode(clip.path());
            float[] samples = wave.sampleRateHz() == options.sampleRateHz()
                    ? wave.samples().clone()
                    : Resampler.of(wave.sampleRateHz(), options.sampleRateHz()).resample(wave.samples());
            double sum = 0;
            for (float sample : samples) {
                sum += sample;
            }
            for (int i = 0; i < samples.length; i++) {
                samples[i] -= (float) (sum / samples.length);
            }
            float[] mel = LogMel.kaldi(options).compute(samples);
            for (int i = 0; i < frames * options.bins(); i++) {
                cells.add(i < mel.length ? (double) mel[i] : 0.0);
            }
        }
        double mean = cells.stream().mapToDouble(x -> x).sum() / cells.size();
        double squares =
                cells.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        return new double[] {mean, Math.sqrt(squares / (cells.size() - 1))};
    }

    @Test
    void duplicateIdsInOneSourceAreNoError() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "16000 16000 1");
        ClipSource twice = ClipSources.of("twice", List.of(Clip.unlabelled("x", file), Clip.unlabelled("x", file)));
        assertEquals(Set.of(DataProblem.Kind.DUPLICATE), kinds(verify(twice, 1)));
    }

    private static Set<DataProblem.Kind> kinds(VerifyReport report) {
        return report.problems().stream().map(DataProblem::kind).collect(Collectors.toSet());
    }

    @Test
    void aDecoderThatHangsIsNamed() throws IOException {
        ClipSource source = source("16000 16000 1", "16000 16000 2", "16000 16000 3");
        Duration shortly = Duration.ofMillis(300);
        AudioDecoder hanging = TestSounds.hangingAt("c1");
        DataVerifier verifier = new DataVerifier(hanging, new DataVerifier.Options(0.1, 2, 1e-4, 2, shortly));
        String message = assertThrows(UserException.class, () -> verifier.verify(source, ProgressListener.NONE))
                .getMessage();
        assertTrue(message.startsWith("decoding " + source.clip(1).path() + " takes longer than 0.3 s"), message);
        DataStatistics statistics = new DataStatistics(
                hanging, new DataStatistics.Options(LogMel.Options.sslam(), 60, false, 2, 1, shortly));
        assertEquals(
                message,
                assertThrows(UserException.class, () -> statistics.compute(source, ProgressListener.NONE))
                        .getMessage());
    }
}

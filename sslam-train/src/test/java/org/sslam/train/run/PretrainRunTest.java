package org.sslam.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sslam.core.UserException;
import org.sslam.core.io.FaultyDisk;
import org.sslam.core.io.Safetensors;
import org.sslam.core.io.SafetensorsFile;
import org.sslam.core.run.MetricLog;
import org.sslam.train.loop.Trainer;
import org.sslam.train.sslam.SslamRunConfig;

/** Whole runs at tiny size: they learn, they continue to the bit, they say what is wrong and lose nothing. */
class PretrainRunTest {
    @TempDir
    static Path folder;

    private static TinyRun tiny;
    private final List<String> notices = new ArrayList<>();

    @BeforeAll
    static void sounds() {
        tiny = new TinyRun(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mb-ua", "sslam"})
    void aStoppedRunEndsAsTheUninterruptedOne(String variant) {
        String[] more = {"objective.variant=" + variant, "optimizer.accumulate=2", "optimizer.maxUpdates=7"};
        SslamRunConfig whole = tiny.config(folder.resolve(variant + "-whole"), more);
        SslamRunConfig halted = tiny.config(folder.resolve(variant + "-halted"), more);
        assertEquals(Trainer.Outcome.FINISHED, TinyRun.run(whole, notices));
        assertEquals(Trainer.Outcome.STOPPED, TinyRun.stopAfter(halted, 1, notices));
        assertEquals(Trainer.Outcome.STOPPED, TinyRun.stopAfter(halted, 3, notices));
        assertEquals(Trainer.Outcome.FINISHED, TinyRun.run(halted, notices));
        assertEquals(TinyRun.weights(whole.output()), TinyRun.weights(halted.output()));
        assertEquals(MetricLines.of(whole.output()), MetricLines.of(halted.output()), "metric logs");
        assertTrue(notices.stream().anyMatch(n -> n.startsWith("continuing")), notices.toString());
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedDoesNot() {
        SslamRunConfig a = tiny.config(folder.resolve("seed-a"));
        SslamRunConfig b = tiny.config(folder.resolve("seed-b"));
        SslamRunConfig c = tiny.config(folder.resolve("seed-c"), "seed=2");
        List.of(a, b, c).forEach(config -> TinyRun.run(config, notices));
        assertEquals(TinyRun.weights(a.output()), TinyRun.weights(b.output()));
        assertEquals(MetricLines.of(a.output()), MetricLines.of(b.output()));
        assertFalse(TinyRun.weights(a.output()).equals(TinyRun.weights(c.output())));
    }

    @Test
    void theLossFalls() {
        SslamRunConfig config = tiny.config(
                folder.resolve("learns"),
                "optimizer.maxUpdates=60",
                "optimizer.learningRate=0.003",
                "loop.logEvery=10",
                "loop.checkpointEvery=60",
                "objective.globalReduction=mean",
                "ema.startDecay=0.99",
                "ema.endDecay=0.99");
        TinyRun.run(config, notices);
        List<Map<String, Double>> log = MetricLog.read(config.output().resolve("metrics.jsonl"));
        double first = log.get(0).get("loss");
        double last = log.get(log.size() - 1).get("loss");
        assertTrue(last < 0.8 * first, "loss went from " + first + " to " + last);
        for (String name : List.of(
                "loss_global",
                "loss_local",
                "learning_rate",
                "ema_decay",
                "gradient_norm",
                "target_var",
                "pred_var",
                "clips_per_second",
                "data_wait_share")) {
            assertTrue(log.get(0).containsKey(name), name + " is logged");
        }
    }

    @Test
    void aDamagedCheckpointIsPassedOver() throws IOException {
        SslamRunConfig whole = tiny.config(folder.resolve("damage-none"));
        SslamRunConfig damaged = tiny.config(folder.resolve("damage"));
        TinyRun.run(whole, notices);
        TinyRun.run(damaged, notices);
        Map<String, String> before = TinyRun.weights(whole.output());
        Path student = TinyRun.newestCheckpoint(damaged.output()).resolve("student.safetensors");
        try (RandomAccessFile file = new RandomAccessFile(student.toFile(), "rw")) {
            file.seek(file.length() - 5);
            int old = file.read();
            file.seek(file.length() - 5);
            file.write(old ^ 1);
        }
        assertEquals(Trainer.Outcome.FINISHED, TinyRun.run(damaged, notices));
        assertTrue(
                notices.stream().anyMatch(n -> n.contains("is damaged (student.safetensors differs from its hash)")),
                notices.toString());
        assertTrue(notices.stream().anyMatch(n -> n.startsWith("continuing")), notices.toString());
        assertEquals(before, TinyRun.weights(damaged.output()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.45, 0.6, 0.75, 0.9})
    void aFullDiskLeavesTheLastCheckpoint(double share) {
        SslamRunConfig whole = tiny.config(folder.resolve("disk-none-" + share));
        int operations;
        try (FaultyDisk disk = FaultyDisk.counting()) {
            TinyRun.run(whole, notices);
            operations = disk.operations();
        }
        SslamRunConfig config = tiny.config(folder.resolve("disk-" + share));
        try (FaultyDisk disk = FaultyDisk.fullFrom((int) (operations * share))) {
            UserException e = assertThrows(UserException.class, () -> TinyRun.run(config, notices));
            assertTrue(e.getMessage().contains("no space left"), e.getMessage());
            assertTrue(disk.operations() >= (int) (operations * share));
        }
        assertTrue(Files.exists(TinyRun.newestCheckpoint(config.output())), "a checkpoint outlives the full disk");
        notices.clear();
        assertEquals(Trainer.Outcome.FINISHED, TinyRun.run(config, notices));
        assertTrue(notices.stream().anyMatch(n -> n.startsWith("continuing")), notices.toString());
        assertEquals(TinyRun.weights(whole.output()), TinyRun.weights(config.output()));
    }

    @Test
    void stageTwoBeginsWithStageOne() {
        SslamRunConfig stage1 = tiny.config(folder.resolve("init-1"));
        TinyRun.run(stage1, notices);
        SslamRunConfig stage2 = tiny.config(
                folder.resolve("init-2"),
                "initFrom=" + stage1.output(),
                "objective.variant=sslam",
                "objective.topKGlobal=1",
                "optimizer.learningRate=0",
                "optimizer.weightDecay=0",
                "optimizer.maxUpdates=2",
                "ema.startDecay=1",
                "ema.endDecay=1");
        TinyRun.run(stage2, notices);
        for (String file : List.of("student.safetensors", "teacher.safetensors")) {
            assertEquals(tensors(stage1, file), tensors(stage2, file), "with rate 0 and decay 1 both stay stage 1's");
        }
        assertEquals(
                TinyRun.weights(stage1.output()).get("encoder"),
                TinyRun.weights(stage2.output()).get("encoder"),
                "with rate 0 the encoder stays stage 1's");
    }

    @Test
    void anotherModelsCheckpointIsRefusedByName() {
        SslamRunConfig stage1 = tiny.config(folder.resolve("other-1"), "optimizer.maxUpdates=2");
        TinyRun.run(stage1, notices);
        SslamRunConfig wider = tiny.config(
                folder.resolve("other-2"), "initFrom=" + stage1.output(), "model.embedDim=24", "model.decoder.dim=24");
        UserException e = assertThrows(UserException.class, () -> TinyRun.run(wider, notices));
        assertTrue(e.getMessage().contains("student.safetensors does not fit the model"), e.getMessage());
        assertTrue(e.getMessage().contains("modality_encoders.IMAGE.extra_tokens has shape"), e.getMessage());
    }

    @Test
    void aRunFolderOfAnotherConfigurationIsRefused() {
        Path output = folder.resolve("reopen");
        TinyRun.run(tiny.config(output, "optimizer.maxUpdates=2"), notices);
        UserException e = assertThrows(
                UserException.class, () -> TinyRun.run(tiny.config(output, "optimizer.maxUpdates=3"), notices));
        assertTrue(e.getMessage().contains("maxUpdates"), e.getMessage());
        assertEquals(
                Trainer.Outcome.FINISHED,
                TinyRun.run(
                        tiny.config(output, "optimizer.maxUpdates=2", "loop.logEvery=1", "data.cacheMegabytes=1"),
                        notices),
                "what no result depends on may change");
    }

    @Test
    void changedClipsAreNamed() throws IOException {
        TinyRun own = new TinyRun(folder.resolve("changed"));
        SslamRunConfig config = own.config(folder.resolve("changed-run"), "optimizer.maxUpdates=2");
        TinyRun.run(config, notices);
        Path audio = folder.resolve("changed").resolve("sounds").resolve("audio");
        Path clip = audio.resolve("soundscape-000003.wav");
        Files.write(clip, new byte[] {1, 2, 3});
        UserException e = assertThrows(UserException.class, () -> TinyRun.run(config, notices));
        assertTrue(e.getMessage().contains("1 changed: audio/soundscape-000003.wav ("), e.getMessage());
        assertTrue(e.getMessage().contains(", now 3)"), e.getMessage());
    }

    @Test
    void collapseStopsTheRun() {
        SslamRunConfig config = tiny.config(
                folder.resolve("collapse"), "loop.collapseAfter=2", "loop.minTargetVar=100", "loop.logEvery=1");
        UserException e = assertThrows(UserException.class, () -> TinyRun.run(config, notices));
        assertTrue(e.getMessage().contains("target_var"), e.getMessage());
        assertTrue(e.getMessage().contains("loop.minTargetVar"), e.getMessage());
    }

    @Test
    void brokenClipsAreNamedAndLeftOut() throws IOException {
        TinyRun own = new TinyRun(folder.resolve("broken"));
        SslamRunConfig config = own.config(folder.resolve("broken-run"), "data.quarantineLimit=0.2");
        Path clip = Files.list(folder.resolve("broken").resolve("sounds").resolve("audio"))
                .sorted()
                .findFirst()
                .orElseThrow();
        Files.write(clip, new byte[] {1, 2, 3});
        assertEquals(Trainer.Outcome.FINISHED, TinyRun.run(config, notices));
        assertTrue(notices.stream().anyMatch(n -> n.startsWith("clip left out: " + clip)), notices.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "objective.variant=mb-pma | global_mixed local_mixed",
                "objective.variant=mb-pma objective.mixing.extent=full | global_mixed local_mixed",
                "objective.variant=mb-ua-pma | global_unmixed local_unmixed global_mixed local_mixed",
                "objective.variant=sslam | global_unmixed local_unmixed global_mixed local_mixed retention",
                "objective.variant=sslam objective.retentionTarget=max"
                        + " | global_unmixed local_unmixed global_mixed local_mixed retention",
                "objective.variant=sslam objective.globalRetention=1 objective.globalMixed=0"
                        + " | global_unmixed local_unmixed local_mixed retention global_retention",
                "objective.variant=sslam objective.mixing.kind=logmel-mean objective.retention=0"
                        + " | global_unmixed local_unmixed global_mixed local_mixed",
                "objective.variant=sslam objective.mixing.kind=waveform-mean"
                        + " | global_unmixed local_unmixed global_mixed local_mixed retention",
                "objective.variant=sslam objective.mixit.enabled=true"
                        + " | global_unmixed local_unmixed global_mixed local_mixed mixit",
                "objective.globalReduction=mean objective.topKLocal=1 objective.topKGlobal=1 | global local",
                "objective.shardSize=2 optimizer.noDecayOneDim=true | global local"
            })
    void everyVariantAndAblationTrainsOnItsOwnTerms(String options, String terms) {
        SslamRunConfig config = variant(options);
        assertEquals(Trainer.Outcome.FINISHED, TinyRun.run(config, notices));
        List<Map<String, Double>> log = MetricLog.read(config.output().resolve("metrics.jsonl"));
        assertEquals(3, log.size());
        Set<String> logged = new TreeSet<>();
        log.get(2).keySet().stream().filter(k -> k.startsWith("loss_")).forEach(k -> logged.add(k.substring(5)));
        assertEquals(new TreeSet<>(List.of(terms.split(" "))), logged);
        assertTrue(log.get(2).get("loss") > 0);
        assertEquals(0, log.get(2).get("skipped"));
    }

    @ParameterizedTest
    @CsvSource({
        "objective.variant=sslam, objective.retentionTarget=max",
        "objective.variant=sslam, objective.mixing.kind=logmel-mean",
        "objective.variant=sslam, objective.mixing.kind=waveform-mean",
        "objective.variant=mb-pma, objective.mixing.extent=full",
        "objective.variant=mb-pma, objective.mixing.probability=0.5",
        "objective.variant=mb-ua, objective.shardSize=2",
        "objective.variant=mb-ua, objective.topKLocal=1",
        "objective.variant=mb-ua, optimizer.noDecayOneDim=true"
    })
    void everyOptionChangesWhatIsLearnt(String base, String option) {
        SslamRunConfig without = variant(base);
        SslamRunConfig with = variant(base + " " + option);
        TinyRun.run(without, notices);
        TinyRun.run(with, notices);
        assertFalse(TinyRun.weights(without.output()).equals(TinyRun.weights(with.output())));
    }

    private SslamRunConfig variant(String options) {
        Path output = folder.resolve("variant-" + options.replace(' ', '_'));
        List<String> more = new ArrayList<>(List.of(options.split(" ")));
        more.add("optimizer.maxUpdates=3");
        more.add("loop.logEvery=1");
        return tiny.config(output, more.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "objective.globalRetention=1, globalRetention has no effect",
        "objective.retentionTarget=max, retentionTarget has no effect",
        "objective.mixing.extent=full, mixing has no effect",
        "objective.globalUnmixed=0 objective.localUnmixed=0 objective.globalMixed=0 objective.localMixed=0"
                + " objective.retention=0, every loss factor is 0"
    })
    void optionsWithoutEffectAreRefused(String options, String message) {
        UserException e = assertThrows(UserException.class, () -> variant(options));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    private static Map<String, List<Float>> tensors(SslamRunConfig config, String name) {
        Map<String, List<Float>> all = new TreeMap<>();
        Path file = TinyRun.newestCheckpoint(config.output()).resolve(name);
        try (SafetensorsFile tensors = Safetensors.open(file)) {
            for (String tensor : tensors.names()) {
                List<Float> values = new ArrayList<>();
                for (float value : tensors.floats(tensor)) {
                    values.add(value);
                }
                all.put(tensor, values);
            }
        }
        return all;
    }
}

use super::*;

/// A machine that takes so many milliseconds for 20, in playout by decoder complexity, in capture by capture complexity.
#[derive(Clone, Copy)]
struct Machine {
    playout: [u64; 3],
    capture: [u64; 4],
}

const FAST: Machine = Machine { playout: [0; 3], capture: [0; 4] };

struct Run {
    governor: Governor,
    now: Time,
    notices: Vec<CpuNotice>,
}

impl Run {
    fn new(limit: CpuLimit) -> Self {
        Self { governor: Governor::new(limit), now: Time(0), notices: Vec::new() }
    }

    /// Everybody speaks, I as well, for `seconds`; counts steps.
    fn talk(&mut self, seconds: u32, machine: Machine) -> u32 {
        let mut steps = 0;
        for _ in 0..seconds * 50 {
            self.now = self.now + BLOCK_TIME;
            let before = self.governor.complexity();
            let (capture, playout) =
                (machine.capture[before.capture as usize], machine.playout[before.decoder as usize]);
            self.governor.spent(Stage::Playout, Duration::from_millis(playout), self.now);
            if machine.capture != [0; 4] {
                self.governor.spent(Stage::Capture, Duration::from_millis(capture), self.now);
            }
            steps += u32::from(self.governor.complexity() != before);
            self.notices.extend(self.governor.poll_notice());
        }
        steps
    }

    fn late(&mut self, times: u64, apart: u64) {
        for _ in 0..times {
            self.now = self.now + Duration::from_millis(apart);
            self.governor.late(self.now);
            self.notices.extend(self.governor.poll_notice());
        }
    }

    fn decoder(&self) -> DecoderComplexity {
        self.governor.complexity().decoder
    }

    fn capture(&self) -> CaptureComplexity {
        self.governor.complexity().capture
    }
}

fn listens(playout: [u64; 3]) -> Machine {
    Machine { playout, ..FAST }
}

fn talks(capture: [u64; 4]) -> Machine {
    Machine { capture, ..FAST }
}

#[test]
fn each_machine_decodes_as_well_as_it_has_time_for() {
    for (costs, decoder) in [
        ([0, 1, 1], DecoderComplexity::Enhanced),
        ([1, 2, 4], DecoderComplexity::Enhanced),
        ([2, 5, 12], DecoderComplexity::Deep),
        ([3, 15, 30], DecoderComplexity::Plain),
        ([30, 40, 60], DecoderComplexity::Plain),
    ] {
        let mut run = Run::new(CpuLimit::Auto);
        run.talk(5, listens(costs));
        assert_eq!(run.decoder(), decoder, "{costs:?}");
    }
}

#[test]
fn each_machine_encodes_as_well_as_it_has_time_for() {
    for (costs, capture) in [
        ([1, 2, 3, 4], CaptureComplexity::Full),
        ([1, 2, 4, 12], CaptureComplexity::NoSuppressor),
        ([2, 5, 12, 15], CaptureComplexity::Half),
        ([4, 15, 30, 35], CaptureComplexity::Least),
    ] {
        let mut run = Run::new(CpuLimit::Auto);
        run.talk(6, talks(costs));
        assert_eq!((run.capture(), run.decoder()), (capture, DecoderComplexity::Enhanced), "{costs:?}");
    }
}

#[test]
fn what_costs_most_is_saved_first_and_both_count_together() {
    // Each alone would be little enough.
    let mut run = Run::new(CpuLimit::Auto);
    run.talk(10, Machine { playout: [1, 2, 5], capture: [1, 2, 3, 6] });
    assert_eq!((run.capture(), run.decoder()), (CaptureComplexity::NoSuppressor, DecoderComplexity::Enhanced));
}

#[test]
fn a_slow_machine_is_tried_again_only_now_and_then() {
    let mut run = Run::new(CpuLimit::Auto);
    run.talk(10, listens([5, 12, 20]));
    assert_eq!(run.decoder(), DecoderComplexity::Plain);
    run.talk(30, listens([0, 1, 1]));
    assert_eq!(run.decoder(), DecoderComplexity::Enhanced);
    // What is cheap while it conceals nothing, and too dear when more is done, is tried ever more seldom.
    let steps = run.talk(3600, listens([1, 1, 12]));
    assert!(steps <= 40, "{steps} steps in an hour");
    assert_eq!(Run::new(CpuLimit::Auto).talk(3600, listens([1, 3, 5])), 0, "near the middle nothing changes");
}

#[test]
fn one_stop_of_the_machine_changes_nothing() {
    let mut run = Run::new(CpuLimit::Auto);
    run.talk(10, Machine { playout: [1; 3], capture: [1; 4] });
    run.governor.spent(Stage::Playout, Duration::from_secs(2), run.now);
    run.late(1, 600_000);
    assert_eq!(run.governor.complexity(), Complexity::default());
    // Nor does a machine that sleeps again and again.
    run.late(20, 60_000);
    assert_eq!(run.governor.complexity(), Complexity::default());
}

#[test]
fn late_turns_count_where_processor_time_is_little() {
    let mut run = Run::new(CpuLimit::Auto);
    let machine = talks([1; 4]);
    run.talk(5, machine);
    // Both threads at once are one turn.
    run.late(2, 100);
    assert_eq!(run.governor.complexity(), Complexity::default());
    run.late(3, 1000);
    assert_eq!((run.capture(), run.decoder()), (CaptureComplexity::NoSuppressor, DecoderComplexity::Deep));
    run.late(6, 1000);
    assert_eq!((run.capture(), run.decoder()), (CaptureComplexity::Least, DecoderComplexity::Plain));
    // Nothing more is tried while it is late now and then, however little it costs.
    for _ in 0..10 {
        run.talk(20, machine);
        run.late(1, 1000);
    }
    assert_eq!((run.capture(), run.decoder()), (CaptureComplexity::Least, DecoderComplexity::Plain));
    run.talk(200, machine);
    assert_eq!(run.governor.complexity(), Complexity::default());
}

#[test]
fn a_low_limit_begins_low_and_a_high_one_goes_on_longer() {
    let machine = Machine { playout: [1, 3, 4], capture: [1, 2, 3, 5] };
    let after = |limit| {
        let mut run = Run::new(limit);
        run.talk(20, machine);
        run.governor.complexity()
    };
    assert_eq!(after(CpuLimit::Low), CpuLimit::Low.best());
    assert!(after(CpuLimit::Auto).capture < CaptureComplexity::Full);
    assert_eq!(after(CpuLimit::High), Complexity::default());
    // Nothing goes beyond what was asked for, however much time there is.
    let mut run = Run::new(CpuLimit::Low);
    run.talk(3600, FAST);
    assert_eq!(run.governor.complexity(), CpuLimit::Low.best());
    // Sound that breaks is worse than plain sound.
    let mut run = Run::new(CpuLimit::High);
    run.late(3, 1000);
    assert!(run.governor.complexity() != Complexity::default());
}

#[test]
fn people_are_told_once_and_after_a_long_time_that_it_is_over() {
    let mut run = Run::new(CpuLimit::Auto);
    run.talk(10, listens([0, 12, 20]));
    assert_eq!(run.notices, [CpuNotice::Busy]);
    run.talk(60, listens([5; 3]));
    run.talk(30, FAST);
    assert_eq!(run.notices, [CpuNotice::Busy, CpuNotice::Over]);
    // Soon again: no word.
    run.talk(10, listens([0, 12, 20]));
    run.talk(30, FAST);
    assert_eq!(run.notices.len(), 2);
    // A small step, or a short one, needs none that it's over.
    let mut run = Run::new(CpuLimit::Auto);
    run.talk(60, talks([1, 2, 3, 12]));
    assert_eq!((run.capture(), run.notices.len()), (CaptureComplexity::NoSuppressor, 0));
    run.talk(5, listens([0, 12, 20]));
    run.talk(40, FAST);
    assert_eq!(run.notices, [CpuNotice::Busy]);
}

#[test]
fn a_computer_that_is_busy_for_hours_is_said_so_seldom() {
    let mut run = Run::new(CpuLimit::Auto);
    for _ in 0..240 {
        run.late(3, 1000);
        run.talk(57, FAST);
    }
    let busy = run.notices.iter().filter(|notice| **notice == CpuNotice::Busy).count();
    assert!((1..=24).contains(&busy), "{busy} times in four hours");
}

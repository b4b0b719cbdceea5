//! What a hostile relay or member sends.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// Ana's frame, and a listener with the keys of all four epochs that its bits could stand for.
fn listener() -> (Frame, Frames) {
    let (mut ana, mut bo) = (member(ANA, 5), member(BO, 5));
    for epoch in 6..=8 {
        enter(&mut ana, epoch, at(0));
        enter(&mut bo, epoch, at(0));
    }
    ana.counter = 0x1_2345;
    (ana.seal(true, false, 5, b"a packet of sound").expect("sealed"), bo)
}

#[test]
fn no_bit_can_be_changed() {
    const LAST: usize = 1;
    let bytes =
        DownBundle { sequence: 0, sent: SendStamp::default(), frames: vec![listener().0] }.encode().expect("fits");
    let (mut opened, mut refused) = (0, 0);
    for bit in (16..bytes.len() * 8).filter(|bit| *bit != 16 + LAST) {
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 0x80 >> (bit % 8);
        match frames_down(&changed).as_slice() {
            [] => refused += 1,
            [frame] => {
                assert_ne!(name(&listener().1.open(frame, at(0))), "plain", "bit {bit}");
                opened += 1;
            }
            more => panic!("{more:?}"),
        }
    }
    // One of the head's eight bits must be clear, and `last` belongs to the hop.
    assert_eq!((opened, refused), (6 + 8 + 16 + 8 * (17 + 8), 1));
    assert_eq!(name(&listener().1.open(&listener().0, at(0))), "plain");
}

#[test]
fn sixty_four_failures_silence_a_seat_until_the_next_epoch() {
    let (mut ana, mut bo, mut cy) = (member(ANA, 5), member(BO, 5), member(CY, 5));
    let mut forged = next(&mut ana);
    forged.body[0] ^= 1;
    for _ in 1..limits::BAD_FRAMES {
        assert_eq!(open(&mut bo, &forged), "failed");
        // Authentic frames between them change nothing.
        assert_eq!(open(&mut bo, &next(&mut ana)), "plain");
    }
    assert!(bo.open(&forged, at(0)) == Opened::Alarm(ANA));
    assert!((0..200).all(|_| open(&mut bo, &forged) == "dropped"));
    assert_eq!(open(&mut bo, &next(&mut ana)), "dropped");
    assert_eq!(open(&mut bo, &next(&mut cy)), "plain", "nobody else is touched");
    let late = next(&mut ana);

    enter(&mut ana, 6, at(0));
    assert_eq!(open(&mut bo, &next(&mut ana)), "early");
    assert_eq!(enter(&mut bo, 6, at(0)).len(), 1);
    assert_eq!(open(&mut bo, &next(&mut ana)), "plain");
    assert_eq!(open(&mut bo, &late), "dropped", "of the epoch in which too much failed");
}

#[test]
fn frames_without_a_key_are_kept_within_bounds() {
    let mut bo = member(BO, 5);
    let early = |seat: u8, number: u16| {
        let head = FrameHead { kid: Kid::new(SeatId(seat), Epoch(6)), number: FrameNo(number), ..blank() };
        Frame { head, body: vec![7; 60] }
    };
    for number in 0..1000 {
        assert_eq!(open(&mut bo, &early(1, number)), "early");
    }
    assert_eq!(bo.early.len(), limits::EARLY_FRAMES_PER_SEAT);
    for number in 0..1000 {
        (3..20).for_each(|seat| assert_eq!(open(&mut bo, &early(seat, number)), "early"));
    }
    assert_eq!(bo.early.len(), limits::EARLY_FRAMES);
    // The newest are kept, each once.
    let mut ana = member(ANA, 6);
    let true_one = next(&mut ana);
    assert!((0..100).all(|_| open(&mut bo, &true_one) == "early"));
    assert_eq!(bo.early.len(), limits::EARLY_FRAMES);
    assert_eq!(enter(&mut bo, 6, at(0)).len(), 1);
    assert_eq!(bo.early.len(), 0);
}

#[test]
fn frames_without_a_key_are_kept_for_three_seconds() {
    for (later, count) in [(Duration::from_millis(1), 1), (Duration::ZERO, 0)] {
        let (mut ana, mut bo) = (member(ANA, 6), member(BO, 5));
        assert_eq!(open(&mut bo, &next(&mut ana)), "early");
        assert_eq!(enter(&mut bo, 6, at(0) + limits::EARLY_TIME - later).len(), count);
    }
}

fn blank() -> FrameHead {
    FrameHead { kid: Kid(0), number: FrameNo(0), start: false, end: false, layer: Layer::Full, level: 0 }
}

proptest! {
    #[test]
    fn arbitrary_bundles_open_nothing_and_harm_nobody(bundles in vec(vec(any::<u8>(), 0..200), 0..60), epochs in 0..5_u32) {
        let mut bo = member(BO, 1);
        (0..epochs).for_each(|epoch| assert!(enter(&mut bo, 2 + epoch, at(0)).is_empty()));
        for (ms, bytes) in (0..).zip(&bundles) {
            for frame in frames_down(bytes) {
                prop_assert_ne!(name(&bo.open(&frame, at(ms * 100))), "plain");
            }
            prop_assert!(bo.early.len() <= limits::EARLY_FRAMES && bo.keys.len() <= limits::EPOCHS);
        }
    }

    /// However a relay mixes and changes true frames, only what was sealed opens, and only once.
    #[test]
    fn what_opens_was_sealed_and_opens_once(
        tricks in vec((any::<u8>(), any::<u16>(), 0..4_u8), 0..200),
        change in proptest::option::of(0..40_usize),
    ) {
        let (mut ana, mut bo) = (member(ANA, 5), member(BO, 5));
        let mut sealed: Vec<(Frame, bool)> = (0..20).map(|_| (next(&mut ana), false)).collect();
        assert!(enter(&mut ana, 6, at(0)).is_empty());
        sealed.extend((0..20).map(|_| (next(&mut ana), false)));
        for (at_trick, (which, value, trick)) in tricks.into_iter().enumerate() {
            if Some(at_trick) == change {
                for (head, plain) in enter(&mut bo, 6, at(0)) {
                    let (frame, opened) = &mut sealed[usize::from(head.number.0)];
                    prop_assert!(frame.head == head && plain[..] == u64::from(head.number.0).to_be_bytes() && !*opened);
                    *opened = true;
                }
            }
            let which = usize::from(which) % sealed.len();
            let mut frame = sealed[which].0.clone();
            match trick {
                0 => frame.head.number = FrameNo(value),
                1 => frame.head.kid = Kid(value as u8),
                2 => frame.body[usize::from(value) % 16] ^= 1 << (value % 8),
                _ => {}
            }
            if let Opened::Plain(plain) = bo.open(&frame, at(0)) {
                prop_assert!(frame == sealed[which].0 && plain[..] == (which as u64).to_be_bytes() && !sealed[which].1);
                sealed[which].1 = true;
            }
        }
    }
}

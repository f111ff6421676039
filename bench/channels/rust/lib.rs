// SPDX-License-Identifier: MIT
//! See rival.h. Both of Rust's libraries of channels in one static library; other.c names one.

use crossbeam_channel as cb;
use std::sync::mpsc;
use std::thread;

const THREADS: usize = 4;
const SEQ: usize = 0;
const SPSC: usize = 1;
const MPSC: usize = 2;
const MPMC: usize = 3;
const SELECT: usize = 4;
const UNBOUNDED: usize = usize::MAX;

#[repr(C)]
pub struct Run {
    shape: usize,
    capacity: usize,
    bytes: usize,
    n: usize,
}

#[repr(C)]
#[derive(Default)]
pub struct Outcome {
    received: u64,
    sum: u64,
}

impl Outcome {
    fn add(&mut self, other: Outcome) {
        self.received += other.received;
        self.sum += other.sum;
    }
    fn take<T: Element>(&mut self, element: T) {
        self.received += 1;
        self.sum += element.number();
    }
}

trait Element: Send + 'static {
    fn new(number: usize) -> Self;
    fn number(&self) -> u64;
}

impl Element for () {
    fn new(_: usize) {}
    fn number(&self) -> u64 {
        0
    }
}

impl Element for u64 {
    fn new(number: usize) -> u64 {
        number as u64
    }
    fn number(&self) -> u64 {
        *self
    }
}

impl Element for [u64; 8] {
    fn new(number: usize) -> [u64; 8] {
        [number as u64; 8]
    }
    fn number(&self) -> u64 {
        self[0]
    }
}

// ---- crossbeam-channel

fn cb_new<T>(capacity: usize) -> (cb::Sender<T>, cb::Receiver<T>) {
    if capacity == UNBOUNDED {
        cb::unbounded()
    } else {
        cb::bounded(capacity)
    }
}

fn cb_seq<T: Element>(run: &Run) -> Outcome {
    let (sender, receiver) = cb_new::<T>(run.capacity);
    let mut outcome = Outcome::default();
    let mut begin = 0;
    while begin < run.n {
        let end = begin + run.capacity.min(run.n - begin);
        for i in begin..end {
            sender.send(T::new(i)).unwrap();
        }
        for _ in begin..end {
            outcome.take(receiver.recv().unwrap());
        }
        begin = end;
    }
    outcome
}

fn cb_many<T: Element>(run: &Run, senders: usize, receivers: usize) -> Outcome {
    let (sender, receiver) = cb_new::<T>(run.capacity);
    let mut outcome = Outcome::default();
    let receive = || {
        let mut outcome = Outcome::default();
        for _ in 0..run.n / receivers {
            outcome.take(receiver.recv().unwrap());
        }
        outcome
    };
    thread::scope(|scope| {
        for s in 0..senders {
            let sender = &sender;
            scope.spawn(move || {
                let part = run.n / senders;
                for i in s * part..(s + 1) * part {
                    sender.send(T::new(i)).unwrap();
                }
            });
        }
        let threads: Vec<_> = (0..receivers).map(|_| scope.spawn(&receive)).collect();
        for thread in threads {
            outcome.add(thread.join().unwrap());
        }
    });
    outcome
}

fn cb_select<T: Element>(run: &Run) -> Outcome {
    let channels: Vec<_> = (0..THREADS).map(|_| cb_new::<T>(run.capacity)).collect();
    let mut outcome = Outcome::default();
    thread::scope(|scope| {
        for (s, (sender, _)) in channels.iter().enumerate() {
            scope.spawn(move || {
                let part = run.n / THREADS;
                for i in s * part..(s + 1) * part {
                    sender.send(T::new(i)).unwrap();
                }
            });
        }
        let mut select = cb::Select::new();
        for (_, receiver) in &channels {
            select.recv(receiver);
        }
        for _ in 0..run.n {
            let chosen = select.select();
            let index = chosen.index();
            outcome.take(chosen.recv(&channels[index].1).unwrap());
        }
    });
    outcome
}

fn cb_move<T: Element>(run: &Run) -> Option<Outcome> {
    match run.shape {
        SEQ if run.capacity == 0 => None,
        SEQ => Some(cb_seq::<T>(run)),
        SPSC => Some(cb_many::<T>(run, 1, 1)),
        MPSC => Some(cb_many::<T>(run, THREADS, 1)),
        MPMC => Some(cb_many::<T>(run, THREADS, THREADS)),
        SELECT => Some(cb_select::<T>(run)),
        _ => None,
    }
}

// ---- std::sync::mpsc

trait Sending<T>: Clone + Send {
    fn put(&self, element: T);
}

impl<T: Send> Sending<T> for mpsc::Sender<T> {
    fn put(&self, element: T) {
        self.send(element).unwrap();
    }
}

impl<T: Send> Sending<T> for mpsc::SyncSender<T> {
    fn put(&self, element: T) {
        self.send(element).unwrap();
    }
}

fn std_seq<T: Element, S: Sending<T>>(
    run: &Run,
    sender: S,
    receiver: mpsc::Receiver<T>,
) -> Outcome {
    let mut outcome = Outcome::default();
    let mut begin = 0;
    while begin < run.n {
        let end = begin + run.capacity.min(run.n - begin);
        for i in begin..end {
            sender.put(T::new(i));
        }
        for _ in begin..end {
            outcome.take(receiver.recv().unwrap());
        }
        begin = end;
    }
    outcome
}

fn std_many<T: Element, S: Sending<T>>(
    run: &Run,
    sender: S,
    receiver: mpsc::Receiver<T>,
    senders: usize,
) -> Outcome {
    let mut outcome = Outcome::default();
    thread::scope(|scope| {
        for s in 0..senders {
            let sender = sender.clone();
            scope.spawn(move || {
                let part = run.n / senders;
                for i in s * part..(s + 1) * part {
                    sender.put(T::new(i));
                }
            });
        }
        for _ in 0..run.n {
            outcome.take(receiver.recv().unwrap());
        }
    });
    outcome
}

fn std_with<T: Element, S: Sending<T>>(
    run: &Run,
    sender: S,
    receiver: mpsc::Receiver<T>,
) -> Option<Outcome> {
    match run.shape {
        SEQ if run.capacity == 0 => None,
        SEQ => Some(std_seq(run, sender, receiver)),
        SPSC => Some(std_many(run, sender, receiver, 1)),
        MPSC => Some(std_many(run, sender, receiver, THREADS)),
        _ => None,
    }
}

fn std_move<T: Element>(run: &Run) -> Option<Outcome> {
    if run.capacity == UNBOUNDED {
        let (sender, receiver) = mpsc::channel::<T>();
        std_with(run, sender, receiver)
    } else {
        let (sender, receiver) = mpsc::sync_channel::<T>(run.capacity);
        std_with(run, sender, receiver)
    }
}

// ---- for other.c

fn hand_over(outcome: Option<Outcome>, result: &mut Outcome) -> bool {
    match outcome {
        Some(outcome) => {
            *result = outcome;
            true
        }
        None => false,
    }
}

#[no_mangle]
pub extern "C" fn rival_move_crossbeam(run: &Run, result: &mut Outcome) -> bool {
    let outcome = match run.bytes {
        0 => cb_move::<()>(run),
        8 => cb_move::<u64>(run),
        _ => cb_move::<[u64; 8]>(run),
    };
    hand_over(outcome, result)
}

#[no_mangle]
pub extern "C" fn rival_move_mpsc(run: &Run, result: &mut Outcome) -> bool {
    let outcome = match run.bytes {
        0 => std_move::<()>(run),
        8 => std_move::<u64>(run),
        _ => std_move::<[u64; 8]>(run),
    };
    hand_over(outcome, result)
}

// SPDX-License-Identifier: MIT
//! See peer.h. A static library, so that the same main() measures it as the others.

mod arrays;

use rayon::prelude::*;
use std::os::raw::c_char;

extern "C" {
    fn peer_item(index: usize);
    fn peer_piece();
    fn bench_sum(values: *const f64, n: usize) -> f64;
}

#[no_mangle]
pub extern "C" fn peer_start(threads: usize) -> usize {
    if threads != 0 {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build_global()
            .expect("the pool is made here and nowhere before");
    }
    rayon::current_num_threads()
}

#[no_mangle]
pub extern "C" fn peer_name() -> *const c_char {
    b"Rayon\0".as_ptr() as *const c_char
}

/// The build knows which version it found.
#[no_mangle]
pub extern "C" fn peer_version() -> *const c_char {
    concat!(env!("PEER_RAYON_VERSION"), "\0").as_ptr() as *const c_char
}

#[no_mangle]
pub extern "C" fn peer_has_tasks() -> bool {
    true
}

fn fib(n: u64) -> u64 {
    if n < 2 {
        return n;
    }
    let (left, right) = rayon::join(|| fib(n - 1), || fib(n - 2));
    left + right
}

#[no_mangle]
pub extern "C" fn peer_fib(n: u64) -> u64 {
    fib(n)
}

#[no_mangle]
pub extern "C" fn peer_loop(n: usize) {
    (0..n).into_par_iter().for_each(|i| unsafe { peer_item(i) });
}

#[no_mangle]
pub extern "C" fn peer_two_in_loop() {
    (0..2).into_par_iter().for_each(|_| unsafe { peer_piece() });
}

#[no_mangle]
pub extern "C" fn peer_two_in_branches() {
    rayon::join(|| unsafe { peer_piece() }, || unsafe { peer_piece() });
}

/// # Safety
/// `values` points to `n` doubles.
#[no_mangle]
pub unsafe extern "C" fn peer_sum(values: *const f64, n: usize) -> f64 {
    const BLOCK: usize = 1 << 16;
    std::slice::from_raw_parts(values, n)
        .par_chunks(BLOCK)
        .map(|block| unsafe { bench_sum(block.as_ptr(), block.len()) })
        .sum()
}

/// # Safety
/// `items` points to `n` numbers.
#[no_mangle]
pub unsafe extern "C" fn peer_sort_u32(items: *mut u32, n: usize) -> bool {
    std::slice::from_raw_parts_mut(items, n).par_sort_unstable();
    true
}

/// # Safety
/// `items` points to `n` numbers.
#[no_mangle]
pub unsafe extern "C" fn peer_sort_f64(items: *mut f64, n: usize) -> bool {
    std::slice::from_raw_parts_mut(items, n).par_sort_unstable_by(f64::total_cmp);
    true
}

#[repr(C)]
pub struct Record {
    key: u64,
    values: [u64; 3],
}

/// # Safety
/// `items` points to `n` records.
#[no_mangle]
pub unsafe extern "C" fn peer_sort_records(items: *mut Record, n: usize, stable: bool) -> bool {
    let records = std::slice::from_raw_parts_mut(items, n);
    if stable {
        records.par_sort_by(|a, b| a.key.cmp(&b.key));
    } else {
        records.par_sort_unstable_by(|a, b| a.key.cmp(&b.key));
    }
    true
}

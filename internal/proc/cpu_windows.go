package proc

import "syscall"

// CPUSeconds returns the processor time that this process has used.
func CPUSeconds() float64 {
	self, err := syscall.GetCurrentProcess()
	if err != nil {
		return 0
	}
	var c, e, k, u syscall.Filetime
	if err := syscall.GetProcessTimes(self, &c, &e, &k, &u); err != nil {
		return 0
	}
	ticks := func(f syscall.Filetime) int64 { return int64(f.HighDateTime)<<32 | int64(f.LowDateTime) } // of 100 ns
	return float64(ticks(k)+ticks(u)) / 1e7
}

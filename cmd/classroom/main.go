// Classroom is for those who teach with the course.
//
//	go run ./cmd/classroom exercise new 15-my-topic
package main

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/credence-bnn/credence/internal/cli"
)

func main() { os.Exit(cli.Run(newRootCmd(), os.Args[1:], os.Stdout, os.Stderr)) }

func newRootCmd() *cobra.Command {
	root := &cobra.Command{
		Use:   "classroom",
		Short: "Teach with Credence",
		Args:  cli.Usage(cobra.NoArgs),
		RunE:  cli.Help,
	}
	exercise := &cobra.Command{
		Use:   "exercise",
		Short: "Write exercises",
		Args:  cli.Usage(cobra.NoArgs),
		RunE:  cli.Help,
	}
	exercise.AddCommand(newExerciseNewCmd())
	root.AddCommand(exercise)
	return root
}

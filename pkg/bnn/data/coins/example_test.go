package coins_test

import (
	"fmt"

	"github.com/credence-bnn/credence/pkg/bnn/data/coins"
)

func ExampleAbout() {
	fmt.Println(len(coins.Historical()), coins.About().Rows, coins.About().Origin)
	// Output: 7 7 Buffon to Bartoš et al. 2023
}

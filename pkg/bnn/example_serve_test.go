package bnn_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/credence-bnn/credence/pkg/bnn"
	"github.com/credence-bnn/credence/pkg/bnn/data"
	"github.com/credence-bnn/credence/pkg/bnn/nn"
)

// From a CSV file to a served prediction: read, standardise, fit, save; load in the
// server, and answer each request with a prediction and its doubt. Model and
// posterior are safe for concurrent use; each request brings its own generator.
func Example_serve() {
	ctx, rng := context.Background(), rand.New(rand.NewPCG(1, 2))

	// The ten lines.
	set, err := data.ReadCSV("springs", strings.NewReader(springs), "length (cm)")
	check(err)
	scale, err := data.NewScale(set)
	check(err)
	model := &bnn.Model{Net: nn.MLP([]int{1, 20, 1}, nn.ReLU), Prior: bnn.Normal{SD: 1, FanIn: true}, Scale: scale}
	post, err := bnn.VI{Steps: 3000}.Fit(ctx, model.On(set), rng)
	check(err)
	var file bytes.Buffer // or os.Create
	check(bnn.Save(&file, bnn.Trained{Model: model, Posterior: post}))

	// The server.
	served, err := bnn.Load(&file)
	check(err)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		load, err := strconv.ParseFloat(r.FormValue("load"), 64)
		if err != nil {
			http.Error(w, "load must be a number of kg", http.StatusBadRequest)
			return
		}
		x := mat.NewDense(1, 1, []float64{load})
		p, err := bnn.Predict(r.Context(), served.Model, served.Posterior, x, bnn.PredictOptions{Draws: 500, Rand: rand.New(rand.NewPCG(1, 2))})
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		json.NewEncoder(w).Encode(map[string]float64{"length": p.Mean[0], "doubt": p.EpistemicSD()[0], "noise": p.AleatoricSD()[0]})
	}))
	defer srv.Close()

	for _, load := range []string{"2", "50", "heavy", "NaN"} {
		resp, err := http.Get(srv.URL + "?load=" + load)
		check(err)
		body, err := io.ReadAll(resp.Body)
		check(err)
		resp.Body.Close()
		var a map[string]float64
		if json.Unmarshal(body, &a) != nil {
			fmt.Printf("%s: %s", load, body)
			continue
		}
		fmt.Printf("%s: doubtful %v\n", load, a["doubt"] > a["noise"])
	}
	// Output:
	// 2: doubtful false
	// 50: doubtful true
	// heavy: load must be a number of kg
	// NaN: bnn: data: set "x of Predict": X row 0, column 0 of 1 is NaN; remove or impute such rows first
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// springs is what a spring's length was under loads of up to 4 kg.
const springs = `load (kg),length (cm)
0.0,10.1
0.5,11.2
1.0,12.0
1.5,12.8
2.0,14.1
2.5,15.2
3.0,15.9
3.5,16.8
4.0,18.1
`

// Package wine holds chemical analyses of 178 wines from three cultivars grown in one
// region of Italy.
//
// Data: Forina et al., UCI Machine Learning Repository, CC BY 4.0; see ATTRIBUTION.md beside this file.
package wine

import (
	_ "embed"

	"github.com/credence-bnn/credence/pkg/bnn/data"
)

//go:embed wine_data.csv
var table string

// Header names the columns, with units; the file's own first line holds counts.
const header = "alcohol (% vol),malic acid (g/l),ash (g/l),alcalinity of ash,magnesium (mg/l),total phenols," +
	"flavanoids,nonflavanoid phenols,proanthocyanins,colour intensity,hue,OD280/OD315," +
	"proline (mg/l),cultivar"

// About says what the set is and where it comes from.
func About() data.About {
	return data.About{
		Name: "wine", What: "three cultivars from 13 analyses", Rows: 178,
		Licence: "CC BY 4.0", Origin: "Forina et al. 1988, UCI",
		Files: []data.File{{Name: "wine_data.csv", SHA256: "10e8a802908b34f86e5da8ce962f3c806694bc98450a18f61851af59f324bede", Content: table}},
	}
}

// Set returns the 178 wines: X is 178 × 13; Y is the cultivar, 0…2 (59, 71 and 48 wines). The
// repository gives no units; those named are the usual ones for such numbers. Each call returns a fresh copy. A file that cannot be read is a
// broken build and panics.
func Set() *data.Set {
	return data.Embedded("wine", header, table, "cultivar")
}

package uci

// A Set describes one set of the benchmark. It holds no rows; see [Set.Load].
type Set struct {
	Name    string   // short, as on the command line: "naval"
	Title   string   // as in the tables: "Naval"
	Folder  string   // the publisher's name for it
	SHA256  string   // of the uncompressed file, in hexadecimal
	Rows    int      // N
	Target  int      // column of the target, from 0
	Columns []string // names with units, of every column of the file, the target among them
	Unused  []int    // columns that are neither input nor target
	Splits  int      // published train/test splits
	Hidden  int      // units of the published networks' hidden layer
	Licence string   // of the data, or "none stated"
	Note    string   // what to know before using it; may be ""
}

// Inputs returns D, the number of input columns.
func (s Set) Inputs() int { return len(s.Columns) - 1 - len(s.Unused) }

// Sets returns the nine sets in the order of the published tables.
func Sets() []Set {
	return []Set{
		{
			Name: "boston", Title: "Boston", Folder: "bostonHousing", Rows: 506, Target: 13, Splits: 20, Hidden: 50,
			Licence: "none stated",
			SHA256:  "baadf72995725d76efe787b664e1f083388c79ba21ef9a7990d87f774184735a",
			Columns: []string{"crime rate", "large lots (%)", "industry (%)", "by the river", "nitric oxides (10 ppm)", "rooms",
				"built before 1940 (%)", "distance to work", "highway access", "tax ($ per $10,000)", "pupils per teacher", "B",
				"lower status (%)", "median value ($1000)"},
			Note: "column B is built on race; only for comparison with published tables",
		},
		{
			Name: "concrete", Title: "Concrete", Folder: "concrete", Rows: 1030, Target: 8, Splits: 20, Hidden: 50,
			Licence: "CC BY 4.0",
			SHA256:  "43d290fd2c2a399ad7e62c45cab5337ba94ece69ebdcf5875aa668cb886243de",
			Columns: []string{"cement (kg/m³)", "slag (kg/m³)", "fly ash (kg/m³)", "water (kg/m³)", "superplasticizer (kg/m³)",
				"coarse aggregate (kg/m³)", "fine aggregate (kg/m³)", "age (days)", "strength (MPa)"},
		},
		{
			Name: "energy", Title: "Energy", Folder: "energy", Rows: 768, Target: 8, Splits: 20, Hidden: 50,
			Licence: "CC BY 4.0",
			SHA256:  "7f8bf024cea437267d56be99b7af7bb3faebec8a7bccfbb20d06d52d9372a950",
			Columns: []string{"compactness", "surface (m²)", "walls (m²)", "roof (m²)", "height (m)", "orientation",
				"glazing (share)", "glazing distribution", "heating load (kWh/m²)"},
		},
		{
			Name: "kin8nm", Title: "Kin8nm", Folder: "kin8nm", Rows: 8192, Target: 8, Splits: 20, Hidden: 50,
			Licence: "none stated",
			SHA256:  "a694ce0c7a21390f2bd2a205c36f2482cd974637a207038696716e22f3bbe810",
			Columns: []string{"joint 1 (rad)", "joint 2 (rad)", "joint 3 (rad)", "joint 4 (rad)", "joint 5 (rad)", "joint 6 (rad)",
				"joint 7 (rad)", "joint 8 (rad)", "distance"},
		},
		{
			Name: "naval", Title: "Naval", Folder: "naval-propulsion-plant", Rows: 11934, Target: 16, Unused: []int{17}, Splits: 20, Hidden: 50,
			Licence: "CC BY 4.0",
			SHA256:  "de0ea69da1efaab8b9655ffed828547d10dd68c1fb8c6e0163e6a988def393a6",
			Columns: []string{"lever position", "ship speed (knots)", "shaft torque (kN m)", "turbine rate (rpm)", "generator rate (rpm)",
				"starboard torque (kN)", "port torque (kN)", "turbine exit (°C)", "compressor inlet (°C)", "compressor outlet (°C)",
				"turbine exit (bar)", "compressor inlet (bar)", "compressor outlet (bar)", "exhaust (bar)", "injection control (%)",
				"fuel (kg/s)", "compressor decay", "turbine decay"},
			Note: "turbine decay, the second target, is left out",
		},
		{
			Name: "power", Title: "Power", Folder: "power-plant", Rows: 9568, Target: 4, Splits: 20, Hidden: 50,
			Licence: "CC BY 4.0",
			SHA256:  "daebd20c408dfc5c4979604f240e891be162c3a5d00d662380aa669044a1fb31",
			Columns: []string{"temperature (°C)", "exhaust vacuum (cm Hg)", "pressure (mbar)", "humidity (%)", "output (MW)"},
		},
		{
			Name: "protein", Title: "Protein", Folder: "protein-tertiary-structure", Rows: 45730, Target: 9, Splits: 5, Hidden: 100,
			Licence: "CC BY 4.0",
			SHA256:  "d35f332707e8a73f21e021039250a1e7b26e14f7dd826a0337ffa8e8e48b9727",
			Columns: []string{"F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "distance to native (Å)"},
		},
		{
			Name: "wine", Title: "Wine", Folder: "wine-quality-red", Rows: 1599, Target: 11, Splits: 20, Hidden: 50,
			Licence: "CC BY 4.0",
			SHA256:  "3ba41eaf4ab562088cf47b5c9dca2b4de2a330c3ee38a7920b4527a09574d5c1",
			Columns: []string{"fixed acidity (g/l)", "volatile acidity (g/l)", "citric acid (g/l)", "sugar (g/l)", "chlorides (g/l)",
				"free SO2 (mg/l)", "total SO2 (mg/l)", "density (g/ml)", "pH", "sulphates (g/l)", "alcohol (% vol)", "quality (0 to 10)"},
		},
		{
			Name: "yacht", Title: "Yacht", Folder: "yacht", Rows: 308, Target: 6, Splits: 20, Hidden: 50,
			Licence: "CC BY 4.0",
			SHA256:  "00dfecc0fc01ddd4c90b558a3ac11b246df8ebcfea130724223475a9a67f0ea1",
			Columns: []string{"centre of buoyancy", "prismatic coefficient", "length to displacement", "beam to draught",
				"length to beam", "Froude number", "resistance per weight"},
		},
	}
}
